"""Examples of each component in two languages, independent of the database."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.translation import gettext

from core.labels import Label
from core.paging import pagination
from insights.gaps import LinkedCount, Matrix, MatrixCell, MatrixRow
from insights.overview import Bar
from portal.styleguide.words import WORDS
from search.results import FacetValue, Item
from taxonomy.choices import Evidence, Status

Context = dict[str, object]
SEARCH = "/en/search/"
INDICATOR = "blocks/indicator.html"
COUNTRIES = {"KZ": 42, "KG": 17, "TJ": 9, "TM": 0, "UZ": 31, "AZ": 12, "AF": 3}
THEMES = {"digital-connectivity": 40, "e-resilience": 12, "digital-inclusion": 25}
KEY = UUID(int=1)


@dataclass(frozen=True)
class Example:
    """An example of a component: `template` below templates/components/, `stylesheet` below static/css/.

    `context` returns the context for a language, a list of contexts for variants. A `wide` one fills a row per language.
    """

    stylesheet: str
    name: str
    template: str
    context: Callable[[str], Context | list[Context]]
    wide: bool = False


def _label(language: str, code: str) -> Label:
    return Label(code, WORDS[code][language])


def _item(
    language: str,
    *countries: str,
    status: Status = Status.ONGOING,
    untranslated: dict[str, str] | None = None,
) -> Item:
    return Item(
        key=KEY, kind="practice", title=WORDS["title"][language], summary=WORDS["summary"][language], url=SEARCH,
        language=language, languages=["en", "ru"], countries=[_label(language, code) for code in countries],
        themes=[_label(language, code) for code in THEMES][:2], sdgs=[], status=Label(status, str(status.label)),
        evidence=Label("3", str(Evidence.EVALUATED.label)), year=2021, untranslated=untranslated or {},
    )  # fmt: skip


def _choices(choices: type[TextChoices]) -> list[Context]:
    return [{"code": choice.value, "label": choice.label} for choice in choices]


def _themes(language: str) -> list[Context]:
    return [{"code": code, "label": WORDS[code][language]} for code in THEMES]


def _cards(language: str) -> Context:
    other = "ru" if language == "en" else "en"
    items = [
        _item(language, "KZ"),
        _item(language, "KG", "TJ", status=Status.PLANNED, untranslated={"title": other}),
        _item(language, *COUNTRIES, status=Status.SCALED),
    ]
    return {"items": items, "pick": "compare"}


def _countries(language: str) -> list[Context]:
    return [
        {"code": code, "label": WORDS[code][language], "count": count, "url": SEARCH, "search_url": SEARCH}
        for code, count in COUNTRIES.items()
    ]


def _bars(language: str) -> Context:
    rows = [Bar(code, WORDS[code][language], count, SEARCH) for code, count in THEMES.items()]
    return {"caption": gettext("By theme"), "rows": rows, "kind": "theme", "first": gettext("Theme")}


def _matrix(language: str) -> Context:
    def part(code: str, count: int) -> LinkedCount:
        return LinkedCount(code, WORDS[code][language], count, SEARCH)

    def cell(theme: str, code: str, count: int) -> MatrixCell:
        count = count * THEMES[theme] // 40
        return MatrixCell(code, count, SEARCH, nearby=[] if count else [part("KZ", 8)])

    rows = [
        MatrixRow(
            theme, WORDS[theme][language], count, SEARCH, [cell(theme, *one) for one in COUNTRIES.items()]
        )
        for theme, count in THEMES.items()
    ]
    return {"matrix": Matrix([part(*one) for one in COUNTRIES.items()], rows)}


def _comparison(language: str) -> Context:
    def row(label: str, values: list[str], *, is_text: bool = False) -> Context:
        cells = [{"values": [{"label": value, "shared": len(set(values)) == 1}]} for value in values]
        return {"label": label, "cells": cells, "is_text": is_text, "differs": len(set(values)) > 1}

    entry = {"title": WORDS["title"][language], "title_language": language, "address": SEARCH}
    rows = [
        row(WORDS["countries"][language], [WORDS["KZ"][language], WORDS["KG"][language]]),
        row(WORDS["themes"][language], [WORDS["e-resilience"][language]] * 2),
        row(WORDS["abstract"][language], [WORDS["summary"][language]] * 2, is_text=True),
    ]
    practices = [{"entry": entry, "without_url": SEARCH}] * 2
    return {"practices": practices, "groups": [{"label": WORDS["classification"][language], "rows": rows}]}


def _facet(language: str) -> Context:
    values = [FacetValue(code, WORDS[code][language], count, count == 12) for code, count in THEMES.items()]
    facet = {"name": "theme", "label": gettext("Theme"), "values": values, "open": True, "can_all": True}
    return {"facet": facet, "icons": True}


def _collection(language: str) -> Context:
    card = {"title": WORDS["collection"][language], "summary": WORDS["summary"][language], "url": SEARCH}
    return {
        "collection": card
        | {"language": language, "count": 2, "items": [_item(language, "KZ"), _item(language, "UZ")]}
    }


def _form(language: str) -> forms.Form:
    class ExampleForm(forms.Form):
        email = forms.EmailField(label=WORDS["email"][language], help_text=WORDS["help"][language])
        message = forms.CharField(label=WORDS["message"][language], widget=forms.Textarea, required=False)

    return ExampleForm({f"{language}-email": "reader@"}, prefix=language)


def _band(language: str) -> Context:
    status = Label(Status.COMPLETED, str(Status.COMPLETED.label))
    facts = {
        "subthemes": [_label(language, "e-resilience")],
        "sdgs": [Label("9", WORDS["sdg"][language])],
        "countries": [_label(language, "KZ")],
        "status": status,
        "evidence": Label("3", str(Evidence.EVALUATED.label)),
    }
    page = {"start_year": 2019, "end_year": 2023}
    leads = [(WORDS["ministry"][language], "")]
    return {
        "facts": facts,
        "leads": leads,
        "page": page | {"place": WORDS["place"][language], "sources": [1, 2]},
    }


def _story(language: str) -> Context:
    text = WORDS["summary"][language]
    indicator = render_to_string(f"components/{INDICATOR}", _indicator(language))
    rated = {
        "transfer_rating": "high",
        "get_transfer_rating_display": WORDS["rating"][language],
        "staff": "3",
    }
    kin = {"language": language, "title": WORDS["title"][language], "countries": [WORDS["KG"][language]]}
    return {
        "texts": dict.fromkeys(("challenge", "results", "difficulties", "adaptation_advice"), text),
        "page": rated | {"translation_key": KEY, "get_content_licence_display": "CC BY 4.0"},
        "facts": {"adoptable": True, "tags": [Label("fibre", WORDS["tag"][language])]},
        "adopted_from": kin | {"url": SEARCH},
        "indicators": [(indicator, "")],
        "sources": [(WORDS["source"][language], "")],
        "restricted": False,
        "contact_url": SEARCH,
        "report_url": SEARCH,
        "adopted_url": SEARCH,
    }


def _cite(language: str) -> Context:
    citation = {"style": "APA", "text": WORDS["citation"][language]}
    return {"key": KEY, "citations": [(citation, "")], "brief": SEARCH}


def _source(language: str) -> Context:
    return {
        "value": {
            "title": WORDS["source"][language],
            "publisher": WORDS["ministry"][language],
            "year": 2022,
            "url": SEARCH,
        }
    }


def _indicator(language: str) -> Context:
    value = {"name": WORDS["indicator"][language], "baseline": "21", "value": "94", "unit": "%", "year": 2023}
    return {"value": value | {"source": WORDS["ministry"][language]}}


def _building(language: str) -> Context:
    factors = [WORDS["factor"][language], WORDS["rating"][language]]
    block = {
        "name": WORDS["tag"][language],
        "description": WORDS["summary"][language],
        "enabling_factors": factors,
    }
    return {"value": block}


def _notices(language: str) -> list[Context]:
    text: Context = {"title": WORDS["notice"][language], "text": WORDS["help"][language]}
    return [{"kind": kind} | text for kind in ("info", "success", "warning", "error")]


def _chips(language: str) -> list[Context]:
    return [{"label": WORDS["KZ"][language], "name": "without"}, {"label": WORDS["tag"][language]}]


def _empty(language: str) -> Context:
    actions = [{"label": WORDS["KZ"][language], "url": SEARCH, "count": 42}]
    return {
        "title": gettext("Nothing published here yet"),
        "text": WORDS["help"][language],
        "actions": actions,
    }


def _breadcrumbs(language: str) -> Context:
    return {"breadcrumbs": [{"label": WORDS[name][language], "url": SEARCH} for name in ("home", "KZ")]}


def _languages(language: str) -> Context:
    names = {"en": "English", "ru": "Русский"}
    return {
        "languages": [
            {"language": code, "label": name, "url": "#", "current": code == language}
            for code, name in names.items()
        ]
    }


BASE, CARDS, FIGURES = "base.css", "components/cards.css", "components/figures.css"
PRACTICE, SEARCH_CSS, SECTIONS = "components/practice.css", "components/search.css", "components/sections.css"
EXAMPLES = [
    Example(BASE, "Search box", "searchbox.html", lambda language: {"id": f"example-{language}", "large": True}),
    Example(BASE, "Breadcrumbs", "breadcrumbs.html", _breadcrumbs),
    Example(BASE, "Language switch", "languages.html", _languages),
    Example(BASE, "Errors of a form", "form_errors.html", lambda language: {"form": _form(language)}),
    Example(BASE, "Fields", "field.html", lambda language: [{"field": field} for field in _form(language)]),
    Example(CARDS, "Cards of practices", "cards.html", _cards),
    Example(CARDS, "Status", "status.html", lambda _: _choices(Status)),
    Example(CARDS, "Evidence", "evidence.html", lambda _: _choices(Evidence)),
    Example(CARDS, "Theme", "theme.html", _themes),
    Example(CARDS, "Chips: one that is dropped, and a label", "chip.html", _chips),
    Example(FIGURES, "Figure", "stat.html", lambda lang: {"number": 1234, "label": WORDS["indicator"][lang], "url": SEARCH}),
    Example(FIGURES, "Bars", "bars.html", _bars),
    Example(FIGURES, "Map", "country_map.html", lambda language: {"countries": _countries(language)}),
    Example(FIGURES, "Gap matrix", "gap_matrix.html", _matrix, wide=True),
    Example(FIGURES, "Comparison", "comparison.html", _comparison),
    Example(SEARCH_CSS, "Facet", "facet.html", _facet),
    Example(SEARCH_CSS, "Paging", "pagination.html", lambda _: {"pagination": pagination(7, 20, "#{}".format)}),
    Example(SEARCH_CSS, "Notices", "notice.html", _notices),
    Example(SEARCH_CSS, "Nothing there", "empty.html", _empty),
    Example(PRACTICE, "Six answers about a practice", "facts_band.html", _band, wide=True),
    Example(PRACTICE, "Contents of a practice's page", "story_contents.html", _story),
    Example(PRACTICE, "The story of a practice", "story.html", _story),
    Example(PRACTICE, "Citations", "practice_cite.html", _cite),
    Example(PRACTICE, "Indicator", INDICATOR, _indicator),
    Example(PRACTICE, "Building block", "blocks/building_block.html", _building),
    Example(PRACTICE, "Source", "blocks/source.html", _source),
    Example(SECTIONS, "Card of a collection", "collection_card.html", _collection),
    Example(SECTIONS, "Places", "places.html", lambda language: {"countries": _countries(language)}),
    Example(SECTIONS, "Example for programs", "code.html", lambda _: {"example": "examples/first.sh"}),
]  # fmt: skip
