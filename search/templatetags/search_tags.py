"""Template tags of search: links to queries, facet rows and cards, in the reader's language."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import TypedDict
from uuid import UUID

from django import template
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import override

from core.i18n import active_language
from core.templatetags.core_tags import highest, icon, lang_by_letters
from search.page import FacetContext, search_url
from search.query import Query
from search.results import FacetValue, Item, items_for

register = template.Library()
# Of a facet's values; a few more are not folded away.
SHOWN_AT_ONCE, FEW_MORE = 10, 3
NOTHING, BELOW, CHECKED = ' class="nothing"', ' class="below"', " checked"
BAR = (
    '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
    '<rect class="rest" width="100" height="4" /><rect width="{}" height="4" /></svg>'
)


@register.simple_tag
def query_url(q: str = "", **chosen: str | list[str]) -> str:
    """Return the URL of a search by text and codes: {% query_url country="KZ" theme=theme.code %}."""
    query = Query(q=q, lang=active_language())
    for facet, values in chosen.items():
        query = query.with_values(facet, [values] if isinstance(values, str) else values)
    return search_url(query)


class FacetRows(TypedDict):
    """The rows that are shown at once, those that are folded away, and the number of these."""

    first: SafeString
    others: SafeString
    number: int


@register.simple_tag
def facet_rows(facet: FacetContext, icons: bool = False) -> FacetRows:
    """Return a checkbox for each value of a facet, for themes with icon and bar; chosen ones and the most frequent first.

    Built in Python because every value is listed: as template tags the hundreds of rows took most of the time of a
    search page.
    """
    most, reader = highest(facet["values"]) if icons else 0, active_language()
    values = facet["values"]
    shown = max(SHOWN_AT_ONCE, sum(value.selected for value in values))
    shown = len(values) if len(values) <= shown + FEW_MORE else shown
    rows = [_row(facet["name"], value, most, reader) for value in values]
    return {
        "first": SafeString("".join(rows[:shown])),
        "others": SafeString("".join(rows[shown:])),
        "number": len(values) - shown,
    }


def _row(name: str, value: FacetValue, most: int, language: str) -> str:
    kind, drawn, bar = "" if value.count else NOTHING, "", ""
    if most:
        kind, bar = f' class="theme--{value.value}"', BAR.format(round(100 * value.count / most))
        drawn = "" if value.below else f"{icon(value.value)} "
    lang = lang_by_letters(value.label) if name == "tag" else ""
    return (
        f'<li{BELOW if value.below else ""}><label{kind}><input type="checkbox" name="{name}" value="{value.value}" '
        f'id="{name}-{value.value.lower()}"{CHECKED if value.selected else ""}><span{lang}>{drawn}{escape(value.label)}</span>'
        f'<data class="count" value="{value.count}">{_number(value.count, language)}</data>{bar}</label></li>'
    )


@register.simple_tag
def practice_cards(keys: Iterable[UUID]) -> list[Item]:
    """Return the cards of these practices, in the given order."""
    return items_for(list(keys), active_language())


@lru_cache(maxsize=10_000)
def _number(number: int, language: str) -> str:
    with override(language):
        return localize(number)
