"""Figures for other pages. Each is the count of a query and links to it, so it always agrees with the search."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from core.language_codes import LANGUAGE_CODES
from insights.practices import of_practices
from search.engines import engine
from search.labels import labels, speca_countries, top_themes
from search.page import MapCountry, country_map, search_url
from search.query import Query
from search.results import Item, Results, items_for, results_for

NEWEST = 12
FROM_NEIGHBOURS = 3
MOST_LACKING = 7
RELATED = 3
# Facets in which two practices can agree, the most important first -> how many shared codes are displayed.
SHARED_FACETS_SHOWN = {"theme": 2, "beneficiary": 2, "tag": 1}
# Shared facets -> label for a practice of the same country, label for one of another country.
SIMILARITY_LABELS: dict[tuple[str, ...], tuple[Promise, Promise]] = {
    ("theme", "beneficiary"): (
        gettext_lazy("Same theme and beneficiaries"),
        gettext_lazy("Same theme and beneficiaries, other country"),
    ),
    ("theme",): (gettext_lazy("Same theme"), gettext_lazy("Same theme, other country")),
    ("beneficiary",): (gettext_lazy("Same beneficiaries"), gettext_lazy("Same beneficiaries, other country")),
    ("tag",): (gettext_lazy("Same subject"), gettext_lazy("Same subject, other country")),
}
# Figures beside the total: label, and the filters added to the query.
FIGURES: list[tuple[str | Promise, dict[str, list[str]]]] = [
    (gettext_lazy("scaled up"), {"status": ["scaled"]}),
    (gettext_lazy("under way"), {"status": ["pilot", "ongoing"]}),
    (gettext_lazy("completed"), {"status": ["completed"]}),
    (gettext_lazy("monitored or evaluated"), {"evidence": ["2", "3", "4"]}),
]


@dataclass(frozen=True)
class Figure:
    number: int
    label: str
    url: str


@dataclass(frozen=True)
class Bar:
    """A row of components/bars.html. A sub-theme has the colour of its theme, `top`."""

    code: str
    label: str
    count: int
    url: str
    top: str = ""


@dataclass(frozen=True)
class CountryOverview:
    """The practices of one country in figures, and those of other countries on themes that it lacks."""

    total: int
    url: str
    figures: list[Figure]
    themes: list[Bar]
    newest: list[Item]
    lacking: list[Bar]
    neighbours: list[Item]
    neighbours_url: str = ""


@dataclass(frozen=True)
class Overview:
    """All practices in figures. `countries` are those of the map; `places` are the same plus one row for all others."""

    total: int
    url: str
    figures: list[Figure]
    themes: list[Bar]
    countries: list[MapCountry]
    places: list[Bar]
    newest: list[Item]


@dataclass(frozen=True)
class Related:
    item: Item
    why: str


def overview(lang: str, newest: int) -> Overview:
    """Return all practices in figures, with the `newest` few."""
    everything = results_for(of_practices(Query(size=newest, lang=lang)))
    countries = country_map(everything)
    places = [Bar(c["code"], c["label"], c["count"], c["url"]) for c in countries]
    return Overview(
        total=everything.total,
        url=search_url(everything.query),
        figures=figures(everything),
        themes=theme_bars(everything),
        countries=countries,
        places=sorted(places, key=lambda bar: -bar.count) + elsewhere(everything),
        newest=everything.items,
    )


def total(lang: str) -> Figure:
    """Return the number of practices with the search for all of them."""
    everything = of_practices(Query(lang=lang))
    return Figure(engine().size(everything), "", search_url(everything))


def country_overview(code: str, lang: str) -> CountryOverview:
    """Return the overview of the country with this code."""
    here = results_for(of_practices(Query(size=NEWEST, lang=lang)).with_values("country", [code]))
    other_countries = [country.code for country in speca_countries() if country.code != code]
    neighbours = results_for(
        of_practices(Query(size=FROM_NEIGHBOURS, lang=lang)).with_values("country", other_countries)
    )
    lacking = _lacking(here, neighbours)
    missing = neighbours.query.with_values("theme", [bar.code for bar in lacking])
    return CountryOverview(
        total=here.total,
        url=search_url(here.query),
        figures=figures(here),
        themes=theme_bars(here),
        newest=here.items,
        lacking=lacking,
        neighbours=results_for(missing).items if lacking else [],
        neighbours_url=search_url(missing) if lacking else "",
    )


def figures(results: Results) -> list[Figure]:
    """Return the total of the results and its breakdown by FIGURES, without zeros."""
    total, query = results.total, results.query
    in_both = replace(query.with_values("language", LANGUAGE_CODES), all_of=frozenset({"language"}))
    narrower_queries = [(label, _narrowed(query, filters)) for label, filters in FIGURES]
    narrower_queries.append((gettext("in English and Russian"), in_both))
    narrower_figures = [
        Figure(engine().size(narrower), str(label), search_url(narrower))
        for label, narrower in narrower_queries
    ]
    all_figures = [
        Figure(total, ngettext("practice", "practices", total), search_url(query)),
        *narrower_figures,
    ]
    return [figure for figure in all_figures if figure.number]


def theme_bars(results: Results, *, below: bool = False) -> list[Bar]:
    """Return the themes of the results by count: the top themes, or the sub-themes if `below`."""
    tops = top_themes()
    return [
        Bar(
            code=theme.value,
            label=theme.label,
            count=theme.count,
            url=search_url(results.query.with_values("theme", [theme.value])),
            top=tops.get(theme.value, theme.value),
        )
        for theme in results.facets["theme"]
        if theme.count and (tops.get(theme.value, theme.value) != theme.value) == below
    ]


def _lacking(here: Results, neighbours: Results) -> list[Bar]:
    """Return the themes that `neighbours` has and `here` lacks; if it lacks none, the sub-themes."""
    present = {theme.value for theme in here.facets["theme"] if theme.count}
    for below in (False, True):
        if lacking := [bar for bar in theme_bars(neighbours, below=below) if bar.code not in present]:
            return lacking[:MOST_LACKING]
    return []


def elsewhere(results: Results) -> list[Bar]:
    """Return one row for all countries outside SPECA, or no row if they have no practices."""
    speca = {country.code for country in speca_countries()}
    codes = sorted(
        value.value for value in results.facets["country"] if value.count and value.value not in speca
    )
    query = results.query.with_values("country", codes)
    return [Bar("+", gettext("Other countries"), engine().size(query), search_url(query))] if codes else []


def counts_by_country(lang: str) -> dict[str, int]:
    """Return country code -> number of practices."""
    everything = results_for(of_practices(Query(size=1, lang=lang)))
    return {value.value: value.count for value in everything.facets["country"]}


def related(key: UUID, lang: str) -> list[Related]:
    """Return the practices most similar to `key`, each with the reason: shared codes, and whether the country differs."""
    shared = dict(engine().related(key, RELATED))
    here = {label.code for item in items_for([key], lang) for label in item.countries}
    return [
        Related(item, _why(shared[item.key], here.isdisjoint(c.code for c in item.countries), lang))
        for item in items_for(list(shared), lang)
    ]


def _why(shared: dict[str, list[str]], is_elsewhere: bool, lang: str) -> str:
    """Return a reason such as "Same theme and beneficiaries, other country: Digital skills, Women"."""
    kinds = tuple(facet for facet in SHARED_FACETS_SHOWN if shared[facet])
    if not kinds:
        return ""
    label, label_elsewhere = SIMILARITY_LABELS[
        kinds[:2] if kinds[:2] == ("theme", "beneficiary") else kinds[:1]
    ]
    return f"{label_elsewhere if is_elsewhere else label}: {', '.join(_names(shared, lang))}"


def _names(shared: dict[str, list[str]], lang: str) -> list[str]:
    """Return the labels of shared codes, the most important first; of a theme and its sub-theme only the sub-theme."""
    facet_labels, tops = labels(lang), top_themes()
    parent_themes = {tops.get(code) for code in shared["theme"] if tops.get(code) != code}
    codes = shared | {"theme": [code for code in shared["theme"] if code not in parent_themes]}
    return [
        facet_labels[facet].get(code, code)
        for facet, limit in SHARED_FACETS_SHOWN.items()
        for code in codes[facet][:limit]
    ]


def _narrowed(query: Query, filters: dict[str, list[str]]) -> Query:
    for facet, values in filters.items():
        query = query.with_values(facet, values)
    return query
