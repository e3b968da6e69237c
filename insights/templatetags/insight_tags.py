"""What pages of other apps show of the insights: figures, related practices, links to a comparison."""

from collections.abc import Iterable
from uuid import UUID

from django import template
from wagtail.models import Page

from core.i18n import active_language
from core.templatetags.map_tags import Place
from insights import overview
from insights.comparison import MOST, compare_url
from insights.practices import of_practices
from search.page import search_url
from search.query import Query

register = template.Library()


class SectionRow(Place):
    """A country of the map whose name leads to its section and whose count to the search."""

    search_url: str


@register.simple_tag
def related_practices(key: UUID) -> list[overview.Related]:
    """The practices most like one, and why."""
    return overview.related(key, active_language())


@register.simple_tag
def compare_with(key: UUID, related: list[overview.Related]) -> str:
    """The address that puts a practice beside those like it."""
    return compare_url([key, *(one.item.key for one in related)][:MOST])


@register.simple_tag
def country_overview(code: str) -> overview.CountryOverview:
    """What a country shares, in figures, and what its neighbours have on themes that it lacks."""
    return overview.country_overview(code, active_language())


@register.simple_tag
def all_practices() -> overview.Figure:
    """How many practices there are, and the search for all of them."""
    return overview.total(active_language())


@register.simple_tag
def section_rows(sections: Iterable[Page]) -> list[SectionRow]:
    """The country sections as places of the map and the list beside it: the name leads to the section, the count
    to the search that it counts."""
    language = active_language()
    counts = overview.counts_by_country(language)
    everything = of_practices(Query(lang=language))
    return [
        {
            "code": section.country.code,
            "label": section.title,
            "count": counts[section.country.code].count if section.country.code in counts else 0,
            "url": section.get_url(),
            "search_url": search_url(everything.with_values("country", [section.country.code])),
        }
        for section in sections
        if section.country
    ]
