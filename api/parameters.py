"""The parameters of the API, described for OpenAPI with an example of each; `api.request_parsing` reads them."""

from typing import Any

from ninja.params.functions import Path

from core.language_codes import LANGUAGE_CODES
from indexing.facets import FACETS
from search.query import (
    DEEPEST_RESULT,
    LARGEST_SIZE,
    LONGEST_TEXT,
    MOST_VALUES,
    PAGE_SIZE,
    SORTS,
)

# As search.query.is_clean has it.
CLEAN = r"^[^\x00-\x1f\x7f-\x9f\ufffd]*$"
# As a form sends a field that was left empty; it counts for none.
EMPTY = {"allowEmptyValue": True}


def _parameter(name: str, schema: dict[str, Any], description: str, example: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": description,
        "example": example,
    }


LANG = (
    _parameter(
        "lang",
        {"type": "string", "enum": list(LANGUAGE_CODES), "default": "en"},
        "The language of the answer.",
        "ru",
    )
    | EMPTY
)
PAGE = (
    _parameter(
        "page",
        {"type": "integer", "minimum": 1, "maximum": DEEPEST_RESULT // PAGE_SIZE, "default": 1},
        f"Up to the {DEEPEST_RESULT:,}th result; no further.",
        1,
    )
    | EMPTY
)
QUERY_PARAMETERS = [
    _parameter(
        "q",
        {"type": "string", "pattern": CLEAN},
        f'Words, "a phrase", -excluded. Cut at {LONGEST_TEXT} characters.',
        '"e-government" services',
    ),
    *(
        _parameter(
            name,
            {"type": "array", "items": {"type": "string"}},
            f"Codes of the facet {name}, as /api/v1/vocabularies/{name} has them; repeat it for any of several, at most "
            f"{MOST_VALUES} in all facets together.",
            list(FACETS[name].example),
        )
        for name in FACETS
    ),
    _parameter(
        "all",
        {"type": "array", "items": {"type": "string", "enum": [*FACETS, ""]}},
        "Facets of which every chosen value must match.",
        ["country"],
    ),
    _parameter(
        "sort",
        {"type": "string", "enum": list(SORTS)},
        "Relevance with a text, newest first without one.",
        "title",
    )
    | EMPTY,
    PAGE,
    _parameter(
        "size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": PAGE_SIZE},
        "A page's size.",
        10,
    )
    | EMPTY,
    LANG,
]
SUGGEST_PARAMETERS = [
    _parameter("q", {"type": "string", "pattern": CLEAN}, "What was typed so far.", "school"),
    LANG,
]
KEY = Path(
    description="The record's key, `key` of an item of the search; it never changes.",
    example="d19bf5ee-6d9f-556d-a6a9-6dd90dc42e80",
)
FACET = Path(description="A facet's name, as in the search.", example="theme")
NAME = Path(
    description="A collection's `slug`, or its `key`, which never changes.",
    example="connecting-the-last-mile",
    pattern="^[A-Za-z0-9_-]+$",
)
