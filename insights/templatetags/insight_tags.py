"""Template tags of insights: figures, related practices, links to a comparison."""

from collections.abc import Iterable
from uuid import UUID

from django import template
from wagtail.models import Page

from core.i18n import active_language
from core.templatetags.map_tags import Place
from insights import overview
from insights.comparison import MAX_PRACTICES, compare_url
from insights.practices import of_practices
from search.page import search_url
from search.query import Query

register = template.Library()


class SectionRow(Place):
    """A country of the map: its name links to its section, its count to the search."""

    search_url: str


@register.simple_tag
def related_practices(key: UUID) -> list[overview.Related]:
    """Return the practices most similar to `key`, with the reasons."""
    return overview.related(key, active_language())


@register.simple_tag
def compare_with(key: UUID, related: list[overview.Related]) -> str:
    """Return the URL that compares a practice with its related ones."""
    return compare_url([key, *(one.item.key for one in related)][:MAX_PRACTICES])


@register.simple_tag
def country_overview(code: str) -> overview.CountryOverview:
    """Return the overview of the country with this code."""
    return overview.country_overview(code, active_language())


@register.simple_tag
def all_practices() -> overview.Figure:
    """Return the number of practices with the search for all of them."""
    return overview.total(active_language())


@register.simple_tag
def section_rows(sections: Iterable[Page]) -> list[SectionRow]:
    """Return the country sections as places of the map, with links to section and search."""
    language = active_language()
    counts = overview.counts_by_country(language)
    everything = of_practices(Query(lang=language))
    return [
        {
            "code": section.country.code,
            "label": section.title,
            "count": counts.get(section.country.code, 0),
            "url": section.get_url(),
            "search_url": search_url(everything.with_values("country", [section.country.code])),
        }
        for section in sections
        if section.country
    ]
