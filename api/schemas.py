"""What the API answers with (DESIGN section 4)."""

from uuid import UUID

from ninja import Schema

from search.answer import Answer, FacetValue, Item
from search.notices import words
from search.question import Notice


class NoticeOut(Schema):
    field: str
    value: str
    reason: str


class FacetValueOut(Schema):
    value: str
    label: str
    count: int
    selected: bool


class ItemOut(Schema):
    """A practice; `language` is that of the title and summary, `highlights` are HTML with <mark> by field."""

    key: UUID
    kind: str
    title: str
    summary: str
    url: str
    language: str
    countries: list[str]
    themes: list[str]
    sdgs: list[str]
    status: str | None
    year: int | None
    highlights: dict[str, str]


class AnswerOut(Schema):
    total: int
    page: int
    pages: int
    engine: str
    degraded: bool
    items: list[ItemOut]
    facets: dict[str, list[FacetValueOut]]
    suggestion: str | None
    notices: list[NoticeOut]


class SuggestionOut(Schema):
    """`kind` is a facet's name or "title"; `url` is what the suggestion leads to; `count` how many practices it finds."""

    text: str
    kind: str
    url: str
    count: int


class SuggestionsOut(Schema):
    suggestions: list[SuggestionOut]


class RefusalOut(Schema):
    """What was not understood: one entry for each parameter that is at fault."""

    detail: list[NoticeOut]


def answer_out(answer: Answer) -> AnswerOut:
    return AnswerOut(
        total=answer.total,
        page=answer.page,
        pages=answer.pages,
        engine=answer.engine,
        degraded=answer.degraded,
        items=[_item(item) for item in answer.items],
        facets={name: [_value(value) for value in values] for name, values in answer.facets.items()},
        suggestion=answer.suggestion,
        notices=[notice_out(notice) for notice in answer.notices],
    )


def notice_out(notice: Notice) -> NoticeOut:
    return NoticeOut(field=notice.field, value=notice.value, reason=words(notice))


def _item(item: Item) -> ItemOut:
    return ItemOut(
        key=item.key,
        kind=item.kind,
        title=item.title,
        summary=item.summary,
        url=item.url,
        language=item.language,
        countries=[label.code for label in item.countries],
        themes=[label.code for label in item.themes],
        sdgs=[label.code for label in item.sdgs],
        status=item.status.code if item.status else None,
        year=item.year,
        highlights=dict(item.highlights),
    )


def _value(value: FacetValue) -> FacetValueOut:
    return FacetValueOut(value=value.value, label=value.label, count=value.count, selected=value.selected)
