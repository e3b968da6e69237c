"""Response schemas of search and suggestions."""

from uuid import UUID

from ninja import Schema

from api.errors import NoticeOut, notice_out
from api.uris import Uri
from core.alternates import absolute
from search.results import FacetValue, Item, Results
from search.suggestions import Suggestion


class FacetValueOut(Schema):
    value: str
    label: str
    count: int
    selected: bool


class ItemOut(Schema):
    """A practice; `language` is that of the title, `highlights` are HTML with <mark> by field."""

    key: UUID
    kind: str
    title: str
    summary: str
    url: Uri
    language: str
    countries: list[str]
    themes: list[str]
    sdgs: list[str]
    status: str | None
    year: int | None
    highlights: dict[str, str]


class SynonymsOut(Schema):
    """A word or phrase of the text, and what was searched for as well."""

    word: str
    also: list[str]


class AnswerOut(Schema):
    total: int
    page: int
    pages: int
    engine: str
    degraded: bool
    items: list[ItemOut]
    facets: dict[str, list[FacetValueOut]]
    suggestion: str | None
    synonyms: list[SynonymsOut]
    notices: list[NoticeOut]


class SuggestionOut(Schema):
    """`kind` is a facet's name or "title"; `url` is what the suggestion leads to; `count` how many practices it finds."""

    text: str
    kind: str
    url: Uri
    count: int


class SuggestionsOut(Schema):
    suggestions: list[SuggestionOut]


def answer_out(results: Results) -> AnswerOut:
    return AnswerOut(
        total=results.total,
        page=results.page,
        pages=results.pages,
        engine=results.engine,
        degraded=results.degraded,
        items=[item_out(item) for item in results.items],
        facets={name: [_value(value) for value in values] for name, values in results.facets.items()},
        suggestion=results.suggestion,
        synonyms=[SynonymsOut(word=one.word, also=list(one.also)) for one in results.synonyms],
        notices=[notice_out(notice) for notice in results.notices],
    )


def item_out(item: Item) -> ItemOut:
    return ItemOut(
        key=item.key,
        kind=item.kind,
        title=item.title,
        summary=item.summary,
        url=absolute(item.url),
        language=item.title_language,
        countries=[label.code for label in item.countries],
        themes=[label.code for label in item.themes],
        sdgs=[label.code for label in item.sdgs],
        status=item.status.code if item.status else None,
        year=item.year,
        highlights=dict(item.highlights),
    )


def suggestion_out(suggestion: Suggestion) -> SuggestionOut:
    return SuggestionOut(**vars(suggestion) | {"url": absolute(suggestion.url)})


def _value(value: FacetValue) -> FacetValueOut:
    return FacetValueOut(value=value.value, label=value.label, count=value.count, selected=value.selected)
