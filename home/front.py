"""What the front page shows: all practices in figures, the newest, and queries to begin with."""

from django.utils.translation import gettext, gettext_noop

from core.i18n import active_language
from insights.overview import overview
from search.engines import engine
from search.page import search_url
from search.query import Query

NEWEST = 6
# Offered to who does not know yet what there is; only those that find something.
EXAMPLES = [
    gettext_noop("rural broadband"),
    gettext_noop("one-stop shop"),
    gettext_noop("early warning"),
    gettext_noop("women"),
    gettext_noop("startups"),
]


def front_context() -> dict[str, object]:
    """The context of pages/home_page.html for a reader of the active language."""
    lang = active_language()
    return {"all": overview(lang, NEWEST), "examples": examples(lang)}


def examples(lang: str) -> list[dict[str, str]]:
    queries = [Query(q=gettext(text), lang=lang) for text in EXAMPLES]
    return [{"label": one.q, "url": search_url(one)} for one in queries if engine().size(one)]
