"""The content of the front page: figures about all practices, the newest ones, and example queries."""

from django.utils.translation import gettext, gettext_noop

from core.i18n import active_language
from insights.overview import overview
from search.engines import engine
from search.page import search_url
from search.query import Query

NEWEST = 6
# Example queries for new readers; only those with results are shown.
EXAMPLES = [
    gettext_noop("rural broadband"),
    gettext_noop("one-stop shop"),
    gettext_noop("early warning"),
    gettext_noop("women"),
    gettext_noop("startups"),
]


def front_context() -> dict[str, object]:
    """Return the context of pages/home_page.html for a reader of the active language."""
    lang = active_language()
    return {"all": overview(lang, NEWEST), "examples": examples(lang)}


def examples(lang: str) -> list[dict[str, str]]:
    queries = [Query(q=gettext(text), lang=lang) for text in EXAMPLES]
    return [{"label": one.q, "url": search_url(one)} for one in queries if engine().size(one)]
