"""The context of the search page: results, labels, and links that change the query."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.alternates import address_in
from core.language_codes import LANGUAGE_CODES
from core.paging import pagination
from indexing.facets import FACETS
from indexing.kinds import only_kind
from search.describe import describe_query, year_labels
from search.labels import speca_countries, top_themes
from search.messages import message_for
from search.query import SORTS, Query
from search.relaxations import Relaxation, nearest_themes
from search.results import FacetValue, Item, Results, items_for
from search.semantic import semantic_matches
from search.stored_queries import text_problem
from search.text_queries import synonyms_of

Link = Callable[..., str]

SORT_LABELS = {
    "relevance": pgettext_lazy("sort", "Best match"),
    "newest": pgettext_lazy("sort", "Newest first"),
    "title": pgettext_lazy("sort", "Title"),
    "year": pgettext_lazy("sort", "Start year"),
}
# Sent by the button of a chosen filter as facet:value, to remove it from the query.
REMOVE_FILTER_PARAMETER = "without"
# 0 searches for what was typed, even if nothing matches.
CORRECT_PARAMETER = "correct"
# File extension -> label.
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
    """A chosen filter; `value` is sent by the button that removes it."""

    group: str | Promise
    label: str
    value: str


class SortChoice(TypedDict):
    value: str
    label: str | Promise
    selected: bool


def search_url(query: Query, lang: str | None = None, *, literal: bool = False) -> str:
    """Return the URL of the search page with `query`, in its language or in `lang`; a `literal` text is not corrected."""
    url = url_with_query(address_in(lang or query.lang, "search:page"), query)
    return f"{url}&{CORRECT_PARAMETER}=0" if literal and query.q else url


def feed_url(query: Query) -> str:
    """Return the URL of the feed of new results of `query`, in its language."""
    return url_with_query(address_in(query.lang, "exports:feed"), query.without_paging)


def export_url(query: Query, extension: str) -> str:
    """Return the URL of all results as a file, in the query's order and language."""
    return url_with_query(address_in(query.lang, "exports:export", extension), replace(query, page=1))


def url_with_query(path: str, query: Query) -> str:
    """Return `path` with the query as its query string."""
    query_string = query.to_query_string()
    return f"{path}?{query_string}" if query_string else path


def search_context(results: Results, *, literal: bool = False) -> dict[str, object]:
    """Return the context of pages/search.html; all links to other results of a `literal` text keep it so.

    A chip is a button of the form, not a link: links would repeat the whole query once for each filter.
    """
    query = results.query
    link = partial(search_url, literal=literal)
    facets = [
        _facet(name, values, query)
        for name, values in results.facets.items()
        if is_offered(name) and (values or (name == "year" and query.has_years))
    ]
    return {
        "query": query,
        "described": describe_query(query),
        "answer": results,
        "notices": [message_for(notice) for notice in results.notices],
        "typed": _typed(results),
        "suggestion": _suggestion(results) if literal else None,
        "synonyms": _synonyms(query, link),
        "facets": facets,
        "hidden": _hidden_fields(query, facets, literal),
        "chips": _chips(results),
        "chip_name": REMOVE_FILTER_PARAMETER,
        "years": {"first": str(query.year_from or ""), "last": str(query.year_to or "")},
        "clear_url": link(Query(q=query.q, synonyms=query.synonyms, lang=query.lang)),
        "countries": country_map(results, link),
        "sorts": _sorts(query),
        "pagination": pagination(
            results.page, results.pages, lambda number: link(replace(query, page=number))
        ),
        "last_page": link(replace(query, page=results.pages)) if results.page > results.pages else "",
        # What can never match is not worth an alert.
        "can_alert": not text_problem(query),
        "drops": _links(results.relaxations, link),
        "nearest": [] if results.total else _links(nearest_themes(query), link),
        "everything_url": search_url(Query(lang=query.lang)),
        "feed_url": feed_url(query),
        "downloads": [{"label": label, "url": export_url(query, name)} for name, label in DOWNLOADS.items()],
        "alike": _across_languages(results),
        "alternates": [{"language": lang, "url": link(query, lang)} for lang in LANGUAGE_CODES],
    }


def _links(relaxations: list[Relaxation], link: Link) -> list[dict[str, object]]:
    return [
        {"label": relaxation.dropped, "url": link(relaxation.query), "count": relaxation.total}
        for relaxation in relaxations
    ]


def without_filter(query: Query, name: str, value: str) -> Query:
    """Return the query without one code of a facet, or without its first or last year."""
    if name in ("year_from", "year_to"):
        return query.without_year(name)
    return query.with_values(name, [code for code in query.values(name) if code != value])


def _across_languages(results: Results) -> list[Item]:
    """Return semantic matches in other languages; only on the first page of a query with a text."""
    query = results.query
    if query.page > 1:
        return []
    return items_for(semantic_matches(query, {item.key for item in results.items}), query.lang)


def country_map(results: Results, link: Link = search_url) -> list[MapCountry]:
    """Return the SPECA countries with counts and links; a link adds the country's filter or, if chosen, removes it."""
    counts = {value.value: value.count for value in results.facets["country"]}
    chosen = results.query.values("country")
    return [
        {
            "code": country.code,
            "slug": country.slug,
            "label": country.label(results.query.lang),
            "count": counts.get(country.code, 0),
            "url": link(results.query.with_toggled("country", country.code)),
            "selected": country.code in chosen,
        }
        for country in speca_countries()
    ]


def is_offered(facet: str) -> bool:
    """Return whether the facet is displayed; the kind only if there are several."""
    return facet != "kind" or only_kind(()) is None


def _facet(name: str, values: list[FacetValue], query: Query) -> FacetContext:
    facet = FACETS[name]
    return {
        "name": name,
        "label": facet.label,
        "values": _themes_in_levels(values) if name == "theme" else _chosen_first(values),
        "open": facet.expanded or bool(query.values(name)) or (name == "year" and query.has_years),
        "all_of": name in query.all_of,
        # If each record has only one value of the facet, "all of them" would match nothing.
        "can_all": facet.multiple and len(values) > 1,
    }


def _chosen_first(values: list[FacetValue]) -> list[FacetValue]:
    return sorted(values, key=lambda value: not value.selected)


def _themes_in_levels(values: list[FacetValue]) -> list[FacetValue]:
    """Return themes by count, each followed by its sub-themes; chosen ones first, and themes with a chosen sub-theme."""
    tops = top_themes()
    values = _chosen_first(values)
    order = {value.value: number for number, value in enumerate(values)}
    for number, value in reversed(list(enumerate(values))):
        if value.selected:
            order[tops.get(value.value, value.value)] = number

    def place(value: FacetValue) -> tuple[int, bool, int]:
        top = tops.get(value.value, value.value)
        return order.get(top, len(order)), top != value.value, order[value.value]

    return [
        replace(value, below=tops.get(value.value, value.value) != value.value)
        for value in sorted(values, key=place)
    ]


def _chips(results: Results) -> list[Chip]:
    query = results.query
    labels = {
        (facet, value.value): value.label
        for facet, _ in query.chosen
        for value in results.facets[facet]
        if value.selected
    }
    chosen = [
        (facet, labels.get((facet, value), value), f"{facet}:{value}")
        for facet, values in query.chosen
        if is_offered(facet)
        for value in values
    ]
    chosen += [("year", label, f"{name}:") for name, label in year_labels(query)]
    return [{"group": FACETS[facet].label, "label": label, "value": value} for facet, label, value in chosen]


def _sorts(query: Query) -> list[SortChoice]:
    """Return the orders to choose from. The default has no value, so that a form sends none that nobody chose."""
    default = replace(query, sort="").order
    offered = [sort for sort in SORTS if sort not in (default, *([] if query.q else ["relevance"]))]
    choices: list[SortChoice] = [
        {"value": sort, "label": SORT_LABELS[sort], "selected": sort == query.order} for sort in offered
    ]
    return [{"value": "", "label": SORT_LABELS[default], "selected": default == query.order}, *choices]


def _hidden_fields(query: Query, facets: list[FacetContext], literal: bool) -> list[tuple[str, str]]:
    """Return what the query has and no control of the form sends: without it the next choice would lose it."""
    offered = {facet["name"] for facet in facets}
    sent_as_all = {facet["name"] for facet in facets if facet["can_all"]}
    return [
        (name, value)
        for name, value in query.to_pairs()
        if name == "synonyms"
        or (name in FACETS and name not in offered)
        or (name == "all" and value not in sent_as_all)
    ] + ([(CORRECT_PARAMETER, "0")] if literal and query.q else [])


def _typed(results: Results) -> dict[str, str] | None:
    """Return what was typed and the URL of a search for it, if a correction was searched for."""
    if not results.typed:
        return None
    return {"text": results.typed, "url": search_url(replace(results.query, q=results.typed), literal=True)}


def _suggestion(results: Results) -> dict[str, str] | None:
    """Return the correction of a text that is searched for as typed, and the URL of its results."""
    if not results.suggestion:
        return None
    return {
        "text": results.suggestion,
        "url": search_url(replace(results.query, q=results.suggestion, page=1)),
    }


def _synonyms(query: Query, link: Link) -> dict[str, object] | None:
    """Return what is searched for as well, or would be if the query had not switched it off; and the opposite search."""
    if not (expansions := synonyms_of(replace(query, synonyms=True))):
        return None
    also = dict.fromkeys(text for expansion in expansions for text in expansion.also)
    opposite = replace(query, synonyms=not query.synonyms, page=1)
    return {"also": list(also), "on": query.synonyms, "url": link(opposite)}
