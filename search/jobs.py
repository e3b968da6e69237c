"""Jobs of search: the vectors of the optional encoder."""

from core.jobs import loop
from search import semantic

if semantic.is_installed():
    loop("meanings")(semantic.refresh_for_ever)
