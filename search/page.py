"""What the search page needs to show an answer: links that change the query, and words beside its codes."""

from dataclasses import replace
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.alternates import address_in
from core.language_codes import LANGUAGE_CODES
from core.paging import pagination
from indexing.facets import FACETS
from indexing.kinds import only_kind
from search.labels import speca_countries, top_themes
from search.messages import message_for
from search.query import SORTS, Query
from search.results import FacetValue, Item, Results, items_for
from search.semantic import semantic_matches

SORT_LABELS = {
    "relevance": pgettext_lazy("sort", "Best match"),
    "newest": pgettext_lazy("sort", "Newest first"),
    "title": pgettext_lazy("sort", "Title"),
    "year": pgettext_lazy("sort", "Start year"),
}
# What the button of a chosen filter sends: facet:value, to be left out of the query.
WITHOUT = "without"
# Extension of a file -> what its readers call it.
DOWNLOADS = {"xlsx": "XLSX", "csv": "CSV", "json": "JSON", "bib": "BibTeX", "ris": "RIS"}


class MapCountry(TypedDict):
    """A country of the map and of the list beside it."""

    code: str
    slug: str
    label: str
    count: int
    url: str
    selected: bool


class FacetContext(TypedDict):
    """The context of components/facet.html."""

    name: str
    label: str | Promise
    values: list[FacetValue]
    open: bool
    all_of: bool
    can_all: bool


class Chip(TypedDict):
    """A chosen filter, and what the button that drops it sends."""

    group: str | Promise
    label: str
    value: str


class SortChoice(TypedDict):
    value: str
    label: str | Promise
    selected: bool


def search_url(query: Query, lang: str | None = None) -> str:
    """The address of the search page that asks `query`, in its language or another."""
    return url_with_query(address_in(lang or query.lang, "search:page"), query)


def feed_url(query: Query) -> str:
    """The address of the feed of what is new for `query`, in its language."""
    return url_with_query(address_in(query.lang, "exports:feed"), query.lasting)


def export_url(query: Query, extension: str) -> str:
    """The address of the whole answer as a file, in the query's order and language."""
    return url_with_query(address_in(query.lang, "exports:export", extension), replace(query, page=1))


def url_with_query(path: str, query: Query) -> str:
    """The URL of `path` with the query as its query string."""
    query_string = query.to_query_string()
    return f"{path}?{query_string}" if query_string else path


def search_context(answer: Results) -> dict[str, object]:
    """The context of pages/search.html. A chip is a button of the form: a link for each would repeat the query as often as
    it has filters."""
    query = answer.query
    return {
        "query": query,
        "answer": answer,
        "notices": [message_for(notice) for notice in answer.notices],
        "suggestion": _suggestion(answer),
        "facets": [
            _facet(name, values, query)
            for name, values in answer.facets.items()
            if values and is_offered(name)
        ],
        "chips": _chips(answer),
        "chip_name": WITHOUT,
        "clear_url": search_url(Query(q=query.q, lang=query.lang)),
        "countries": country_map(answer),
        "sorts": _sorts(query),
        "pagination": pagination(
            answer.page, answer.pages, lambda number: search_url(replace(answer.query, page=number))
        ),
        "drops": [
            {"label": easier.dropped, "url": search_url(easier.query), "count": easier.total}
            for easier in answer.relaxations
        ],
        "feed_url": feed_url(query),
        "downloads": [{"label": label, "url": export_url(query, name)} for name, label in DOWNLOADS.items()],
        "alike": _across_languages(answer),
        "alternates": [{"language": lang, "url": search_url(query, lang)} for lang in LANGUAGE_CODES],
    }


def _across_languages(answer: Results) -> list[Item]:
    """What is close in meaning and not in the reader's language: beside the first page of a query with a text."""
    query = answer.query
    if query.page > 1:
        return []
    return items_for(semantic_matches(query, {item.key for item in answer.items}), query.lang)


def country_map(answer: Results) -> list[MapCountry]:
    """The SPECA countries with their counts, each a link that filters by it or, where it is chosen, no longer."""
    counts = {value.value: value.count for value in answer.facets["country"]}
    chosen = answer.query.values("country")
    return [
        {
            "code": country.code,
            "slug": country.slug,
            "label": country.label(answer.query.lang),
            "count": counts.get(country.code, 0),
            "url": search_url(answer.query.toggled("country", country.code)),
            "selected": country.code in chosen,
        }
        for country in speca_countries()
    ]


def is_offered(facet: str) -> bool:
    """Whether readers may choose by the facet: by the kind only where there are several."""
    return facet != "kind" or only_kind(()) is None


def _facet(name: str, values: list[FacetValue], query: Query) -> FacetContext:
    facet = FACETS[name]
    return {
        "name": name,
        "label": facet.label,
        "values": _themes_in_levels(values) if name == "theme" else values,
        "open": facet.expanded or bool(query.values(name)),
        "all_of": name in query.all_of,
        # Of a facet with one value a record, "every chosen one" would find nothing.
        "can_all": facet.multiple and len(values) > 1,
    }


def _themes_in_levels(values: list[FacetValue]) -> list[FacetValue]:
    """Themes by count, each followed by its sub-themes."""
    tops = top_themes()
    order = {value.value: number for number, value in enumerate(values)}

    def place(value: FacetValue) -> tuple[int, bool, int]:
        top = tops.get(value.value, value.value)
        return order.get(top, len(order)), top != value.value, order[value.value]

    return [
        replace(value, below=tops.get(value.value, value.value) != value.value)
        for value in sorted(values, key=place)
    ]


def _chips(answer: Results) -> list[Chip]:
    query = answer.query
    labels = {
        (facet, value.value): value.label
        for facet, _ in query.chosen
        for value in answer.facets[facet]
        if value.selected
    }
    return [
        {
            "group": FACETS[facet].label,
            "label": labels.get((facet, value), value),
            "value": f"{facet}:{value}",
        }
        for facet, values in query.chosen
        if is_offered(facet)
        for value in values
    ]


def _sorts(query: Query) -> list[SortChoice]:
    offered = [sort for sort in SORTS if sort != "relevance" or query.q]
    return [{"value": sort, "label": SORT_LABELS[sort], "selected": sort == query.order} for sort in offered]


def _suggestion(answer: Results) -> dict[str, str] | None:
    if not answer.suggestion:
        return None
    return {
        "text": answer.suggestion,
        "url": search_url(replace(answer.query, q=answer.suggestion, page=1)),
    }
