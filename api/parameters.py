"""The parameters of the API: read by the question's own parser, described here for OpenAPI."""

from typing import Any

from django.http import HttpRequest

from search.facets import FACETS, LONGEST_VALUE
from search.notices import INFORMATIVE
from search.question import (
    DEEPEST_RESULT,
    LANGUAGES,
    LARGEST_SIZE,
    LONGEST_TEXT,
    PAGE_SIZE,
    SORTS,
    Notice,
    Question,
    is_clean,
    parse,
)
from search.vocabulary import known


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


LANG = _parameter(
    "lang", {"type": "string", "enum": list(LANGUAGES), "default": "en"}, "The language of the answer."
)
QUESTION_PARAMETERS = [
    _parameter("q", {"type": "string"}, f'Words, "a phrase", -excluded. Cut at {LONGEST_TEXT} characters.'),
    *(
        _parameter(
            name,
            {"type": "array", "items": {"type": "string", "maxLength": LONGEST_VALUE}},
            f"Codes of the facet {name}; repeat it for any of several.",
        )
        for name in FACETS
    ),
    _parameter(
        "all",
        {"type": "array", "items": {"type": "string", "enum": list(FACETS)}},
        "Facets of which every chosen value must match.",
    ),
    _parameter(
        "sort", {"type": "string", "enum": list(SORTS)}, "Relevance with a text, newest first without one."
    ),
    _parameter(
        "page",
        {"type": "integer", "minimum": 1, "default": 1},
        f"Up to the {DEEPEST_RESULT:,}th result; no further.",
    ),
    _parameter(
        "size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": PAGE_SIZE},
        "A page's size.",
    ),
    LANG,
]
SUGGEST_PARAMETERS = [
    _parameter("q", {"type": "string", "maxLength": LONGEST_TEXT}, "What was typed so far."),
    LANG,
]


def pairs_of(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]


def read_question(request: HttpRequest) -> tuple[Question, list[Notice], list[Notice]]:
    """The question, what to tell beside its answer, and what makes it unanswerable."""
    question, notices = parse(pairs_of(request), known(), is_api=True)
    return (
        question,
        [notice for notice in notices if notice.reason in INFORMATIVE],
        [notice for notice in notices if notice.reason not in INFORMATIVE],
    )


def read_suggest(request: HttpRequest) -> tuple[str, str, list[Notice]]:
    """What was typed, the language, and what is wrong with the request."""
    faults = [
        Notice(name, value, "unknown-parameter")
        for name, value in pairs_of(request)
        if name not in ("q", "lang")
    ]
    typed, lang = request.GET.get("q", ""), request.GET.get("lang", "en")
    faults += [
        Notice(name, "", "characters")
        for name, value in (("q", typed), ("lang", lang))
        if not is_clean(value)
    ]
    if lang not in LANGUAGES and is_clean(lang):
        faults.append(Notice("lang", lang, "unknown-value"))
    return typed[:LONGEST_TEXT], lang, faults
