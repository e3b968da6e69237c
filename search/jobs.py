"""Jobs of search: refresh the vectors of the optional encoder."""

from core.jobs import loop
from search import semantic

if semantic.is_installed():
    loop("meanings")(semantic.run_refresh_loop)
