"""The parameters of the API, described for OpenAPI with an example of each.

Parameters of the search are parsed by the query's own parser (`api.request_parsing`), all others by Ninja.
"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from ninja.params.functions import Path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

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

# The same rule as search.query.is_clean.
CLEAN = r"^[^\x00-\x1f\x7f-\x9f\ufffd]*$"
# A form sends empty fields too; an empty value counts as no value.
EMPTY = {"allowEmptyValue": True}


def _parameter(name: str, schema: dict[str, object], description: str, example: object) -> dict[str, Any]:
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
        f'Words, "a phrase", prefix*, -excluded. Cut at {LONGEST_TEXT} characters.',
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
    *(
        _parameter(
            name,
            {"type": "integer", "minimum": 1900, "maximum": 2100},
            f"The {which} start year, inclusive; it narrows the facet year.",
            2018 if name == "year_from" else 2024,
        )
        | EMPTY
        for name, which in (("year_from", "first"), ("year_to", "last"))
    ),
    _parameter(
        "synonyms",
        {"type": "integer", "enum": [0, 1], "default": 1},
        "0: search for the words as they are, without their synonyms.",
        0,
    )
    | EMPTY,
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
TYPED = _parameter("q", {"type": "string"}, "What was typed so far.", "school")


class Parameters(Schema):
    """Query parameters, of which empty ones count for none; others, and those that are given twice, are refused."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def every_parameter(cls, data: Any, info: ValidationInfo) -> dict[str, str | list[str]]:
        """Return all values of all parameters sent; Ninja passes only the last value of each declared one."""
        request: HttpRequest = (info.context or {})["request"]
        return {
            name: values[0] if len(values) == 1 else values
            for name, values in request.GET.lists()
            if values != [""] or name not in cls.model_fields
        }


def _language(code: str) -> str:
    if code not in LANGUAGE_CODES:
        raise ValueError
    return code


def _number(value: str | list[str]) -> str:
    """Refuse what pydantic reads as a number and the query does not: signs, underscores, a decimal point."""
    if not (isinstance(value, str) and value.isascii() and value.strip().isdecimal()):
        raise ValueError
    return value


def _field(parameter: dict[str, Any], **limits: Any) -> Any:
    """Return the field of a parameter described above; `api.description` moves its keys out of the schema."""
    schema = parameter["schema"]
    extra = {name: parameter[name] for name in ("example", "allowEmptyValue") if name in parameter}
    return Field(
        schema.get("default", ""),
        description=parameter["description"],
        json_schema_extra=extra | ({"enum": schema["enum"]} if "enum" in schema else {}),
        **limits,
    )


class LanguageParameters(Parameters):
    lang: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_language)] = _field(LANG)


class PageParameters(LanguageParameters):
    page: Annotated[int, BeforeValidator(_number)] = _field(PAGE, ge=1, le=PAGE["schema"]["maximum"])


class SuggestParameters(LanguageParameters):
    q: str = _field(TYPED, pattern=CLEAN)


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
