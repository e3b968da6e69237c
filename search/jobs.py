"""Jobs of search: the vectors of the optional encoder."""

from core.jobs import loop
from search import meaning

if meaning.is_installed():
    loop("meanings")(meaning.refresh_for_ever)
