"""Figures for other pages. Each is the size of a query and links to it, so it never says what the search does not."""

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
# What two practices share, most telling first, and how many of each are named.
TELLING = {"theme": 2, "beneficiary": 2, "tag": 1}
# What is shared -> the words for it, of a practice of the same country and of another.
WHY: dict[tuple[str, ...], tuple[Promise, Promise]] = {
    ("theme", "beneficiary"): (
        gettext_lazy("Same theme and beneficiaries"),
        gettext_lazy("Same theme and beneficiaries, other country"),
    ),
    ("theme",): (gettext_lazy("Same theme"), gettext_lazy("Same theme, other country")),
    ("beneficiary",): (gettext_lazy("Same beneficiaries"), gettext_lazy("Same beneficiaries, other country")),
    ("tag",): (gettext_lazy("Same subject"), gettext_lazy("Same subject, other country")),
}
# Beside the total: label, and the filters that a query is narrowed by.
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
    """A row of components/bars.html. A sub-theme is drawn in the colour of its theme, `top`."""

    code: str
    label: str
    count: int
    url: str
    top: str = ""


@dataclass(frozen=True)
class CountryOverview:
    """What one country shares, and what its neighbours have on themes that it lacks."""

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
    """All practices in figures; `countries` are of the map, `places` the same with all other countries as one."""

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
    """All practices, with the `newest` few."""
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
    """How many practices there are, and the search for all of them."""
    everything = of_practices(Query(lang=lang))
    return Figure(engine().size(everything), "", search_url(everything))


def country_overview(code: str, lang: str) -> CountryOverview:
    """What the country of this code shares."""
    here = results_for(of_practices(Query(size=NEWEST, lang=lang)).with_values("country", [code]))
    others = [country.code for country in speca_countries() if country.code != code]
    near = results_for(of_practices(Query(size=FROM_NEIGHBOURS, lang=lang)).with_values("country", others))
    lacking = _lacking(here, near)
    missed = near.query.with_values("theme", [bar.code for bar in lacking])
    return CountryOverview(
        total=here.total,
        url=search_url(here.query),
        figures=figures(here),
        themes=theme_bars(here),
        newest=here.items,
        lacking=lacking,
        neighbours=results_for(missed).items if lacking else [],
        neighbours_url=search_url(missed) if lacking else "",
    )


def figures(answered: Results) -> list[Figure]:
    """The total of an answer and what it is made of; what there is none of is left out."""
    total, query = answered.total, answered.query
    in_both = replace(query.with_values("language", LANGUAGE_CODES), all_of=frozenset({"language"}))
    narrower = [(label, _narrowed(query, filters)) for label, filters in FIGURES]
    narrower.append((gettext("in English and Russian"), in_both))
    counted = [Figure(engine().size(one), str(label), search_url(one)) for label, one in narrower]
    shown = [Figure(total, ngettext("practice", "practices", total), search_url(query)), *counted]
    return [figure for figure in shown if figure.number]


def theme_bars(answered: Results, *, below: bool = False) -> list[Bar]:
    """The themes of an answer by count: the top ones or those `below` them."""
    tops = top_themes()
    return [
        Bar(
            code=theme.value,
            label=theme.label,
            count=theme.count,
            url=search_url(answered.query.with_values("theme", [theme.value])),
            top=tops.get(theme.value, theme.value),
        )
        for theme in answered.facets["theme"]
        if theme.count and (tops.get(theme.value, theme.value) != theme.value) == below
    ]


def _lacking(here: Results, near: Results) -> list[Bar]:
    """The themes that `near` has and `here` has not; where each theme is here, the sub-themes."""
    present = {theme.value for theme in here.facets["theme"] if theme.count}
    for below in (False, True):
        if lacking := [bar for bar in theme_bars(near, below=below) if bar.code not in present]:
            return lacking[:MOST_LACKING]
    return []


def elsewhere(answered: Results) -> list[Bar]:
    """One row for all countries that are not of SPECA; none where there is no practice of theirs."""
    speca = {country.code for country in speca_countries()}
    codes = sorted(
        value.value for value in answered.facets["country"] if value.count and value.value not in speca
    )
    query = answered.query.with_values("country", codes)
    return [Bar("+", gettext("Other countries"), engine().size(query), search_url(query))] if codes else []


def counts_by_country(lang: str) -> dict[str, Bar]:
    """Country code -> its count and the search that it counts."""
    everything = results_for(of_practices(Query(size=1, lang=lang)))
    return {
        value.value: Bar(
            value.value,
            value.label,
            value.count,
            search_url(everything.query.with_values("country", [value.value])),
        )
        for value in everything.facets["country"]
    }


def related(key: UUID, lang: str) -> list[Related]:
    """The practices most like one, each with why: what it has in common with it, and whether it comes from elsewhere."""
    shared = dict(engine().related(key, RELATED))
    here = {label.code for item in items_for([key], lang) for label in item.countries}
    return [
        Related(item, _why(shared[item.key], here.isdisjoint(c.code for c in item.countries), lang))
        for item in items_for(list(shared), lang)
    ]


def _why(shared: dict[str, list[str]], is_elsewhere: bool, lang: str) -> str:
    """Such as "Same theme and beneficiaries, other country: Digital skills, Women"."""
    kinds = tuple(facet for facet in TELLING if shared[facet])
    if not kinds:
        return ""
    alike, alike_elsewhere = WHY[kinds[:2] if kinds[:2] == ("theme", "beneficiary") else kinds[:1]]
    return f"{alike_elsewhere if is_elsewhere else alike}: {', '.join(_names(shared, lang))}"


def _names(shared: dict[str, list[str]], lang: str) -> list[str]:
    """The names of what is shared, most telling first: of a theme and its sub-theme only the sub-theme."""
    words, tops = labels(lang), top_themes()
    above = {tops.get(code) for code in shared["theme"] if tops.get(code) != code}
    telling = shared | {"theme": [code for code in shared["theme"] if code not in above]}
    return [words[facet].get(code, code) for facet, most in TELLING.items() for code in telling[facet][:most]]


def _narrowed(query: Query, filters: dict[str, list[str]]) -> Query:
    for facet, values in filters.items():
        query = query.with_values(facet, values)
    return query
