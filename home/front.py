"""The content of the front page: figures about all practices, the newest ones, and what others look for."""

from django.utils.translation import gettext, gettext_noop

from core.i18n import active_language
from insights.overview import overview
from insights.searched_texts import popular_searches
from search.engines import engine
from search.page import search_url
from search.query import Query

NEWEST = 6
# How many popular searches there must be before they take the place of the examples.
FEWEST_POPULAR = 3
# Example queries while few searches are known; only those with results are shown.
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
    popular = popular_searches(lang)
    are_popular = len(popular) >= FEWEST_POPULAR
    return {
        "all": overview(lang, NEWEST),
        "examples": _links(popular if are_popular else examples(lang)),
        "are_popular": are_popular,
    }


def examples(lang: str) -> list[Query]:
    queries = [Query(q=gettext(text), lang=lang) for text in EXAMPLES]
    return [one for one in queries if engine().size(one)]


def _links(queries: list[Query]) -> list[dict[str, str]]:
    return [{"label": one.q, "url": search_url(one)} for one in queries]
