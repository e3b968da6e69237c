"""The OpenAPI 3.1 description of the API, exact enough to test responses against it, with real examples."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from api.errors import RefusalOut
from api.parameters import LanguageParameters, Parameters
from indexing.facets import FACETS, LONGEST_VALUE
from search.labels import known_codes
from taxonomy.choices import LICENCE_URLS, ContentLicence

ABOUT = """Practices in digital connectivity, inclusion, e-resilience and innovation of the SPECA countries, with their sources.
Read-only, without a key; GET and HEAD only (405 for all else). Explained in words at /api/v1/docs."""
TAGS = {
    "Search": "A query and its results, as on the search page.",
    "Records": "A record in full, by its key.",
    "Vocabularies": "The codes that a query may name, with their words.",
    "Collections": "Practices put together by the secretariat.",
}
# Shortened responses of the portal of `make run`; those for 410 and 429, which do not occur there, are invented.
EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
EXAMPLES["practice"] = EXAMPLES["record"]
RESPONSE_DESCRIPTIONS = {
    "200": "The answer.",
    "304": "The caller has this answer already (If-None-Match, else If-Modified-Since).",
    "400": "An address of over 4 kB or 1,000 parameters, or with control characters in its path.",
    "404": "Nothing has this name, or it is not public.",
    "410": "A practice that was public and is no longer.",
    "414": "A request line that the proxy in front would not even read.",
    "422": "Parameters that were not understood. None is left out silently.",
    "429": "More requests than are allowed in a minute.",
    "431": "A request line with headers of over 16 kB, which the server does not read to the end.",
}
LIMITS = {
    "RateLimit-Limit": ("Requests that one address may make in a minute.", "60"),
    "RateLimit-Remaining": ("How many of them are left.", "59"),
    "RateLimit-Reset": ("Seconds until the minute is over.", "42"),
}
VALIDATORS = {
    "ETag": ("To be sent back in If-None-Match.", 'W/"1764306147000000--93ab12c0de45f6a7b8c9d0e1"'),
    "Last-Modified": (
        "When the content changed last; not told within the same second.",
        "Sat, 28 Nov 2026 03:02:27 GMT",
    ),
}
PARAMETER_KEYS = {"title", "description", "example", "allowEmptyValue"}
RETRY = {"Retry-After": ("Seconds until one may ask again.", "42")}


class PlainJSON(JSONRenderer):
    """JSON without \\u escapes, which make a Russian text three times as long."""

    json_dumps_params = {"ensure_ascii": False}


def _read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 405 to all but GET and HEAD, as the operations do; the CSRF check would answer some with 403."""
    return csrf_exempt(require_safe(view))


class DescribedAPI(NinjaAPI):
    def __init__(self) -> None:
        super().__init__(
            title="SPECA good practices",
            version="1",
            urls_namespace="api",
            description=ABOUT,
            openapi_url="openapi.json",
            docs_url=None,
            docs_decorator=_read_only,
            renderer=PlainJSON(),
            servers=[{"url": settings.SITE_ADDRESS.rstrip("/")}],
            openapi_extra={
                "info": {
                    "contact": {"name": "SPECA secretariat", "email": settings.SECRETARIAT_EMAIL},
                    "license": {
                        "name": "CC BY 4.0, unless a practice says otherwise",
                        "url": LICENCE_URLS[ContentLicence.CC_BY],
                    },
                },
                "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
            },
        )

    def get_openapi_operation_id(self, operation: Any) -> str:
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **parameters: Any) -> Any:
        """Return Ninja's description with the headers and errors of every response and the current codes."""
        description = super().get_openapi_schema(**parameters)
        for methods in description["paths"].values():
            methods.pop("head")  # answers as GET does
            _complete(methods["get"])
        for model in Parameters.__subclasses__() + LanguageParameters.__subclasses__():
            description["components"]["schemas"].pop(
                model.__name__
            )  # described one by one where they are taken
        return description


def _complete(operation: dict[str, Any]) -> None:
    responses = {str(status): response for status, response in operation["responses"].items()}
    responses["304"] = {}
    responses["400"] = {"content": {"text/plain": {"schema": {"type": "string"}, "example": "Bad Request"}}}
    responses["414"] = {"content": {"text/html": {"schema": {"type": "string"}, "example": "URI Too Long"}}}
    too_large = {"schema": {"type": "string"}, "example": "Request Header Fields Too Large"}
    responses["431"] = {"content": {"text/plain": too_large}}
    is_rate_limited = operation["operationId"] != "suggest"
    if is_rate_limited:
        schema = {"$ref": f"#/components/schemas/{RefusalOut.__name__}"}
        responses["429"] = {"content": {"application/json": {"schema": schema}}}
    for status, response in sorted(responses.items()):
        response["description"] = RESPONSE_DESCRIPTIONS[status]
        headers = (LIMITS if is_rate_limited and status not in ("414", "431") else {}) | (
            VALIDATORS if status in ("200", "304") else {}
        )
        response["headers"] = _headers(headers | (RETRY if status == "429" else {}))
        if "application/json" in response.get("content", {}):
            response["content"]["application/json"]["example"] = _example(operation["operationId"], status)
    operation["responses"] = dict(sorted(responses.items()))
    operation["parameters"] = [
        _with_codes(_move_keys_to_parameter(parameter)) for parameter in operation["parameters"]
    ]


def _headers(described: dict[str, tuple[str, str]]) -> dict[str, object]:
    return {
        name: {"description": description, "schema": {"type": "string"}, "example": example}
        for name, (description, example) in described.items()
    }


def _example(operation: str, status: str) -> Any:
    return EXAMPLES[operation].get(status) or EXAMPLES["any"][status]


def _move_keys_to_parameter(parameter: dict[str, Any]) -> dict[str, object]:
    """Move keys from the schema of a parameter, where Ninja puts them, to the parameter, where OpenAPI expects them."""
    schema = {name: value for name, value in parameter["schema"].items() if name not in PARAMETER_KEYS}
    empty = {name: value for name, value in parameter["schema"].items() if name == "allowEmptyValue"}
    return parameter | empty | {"schema": schema}


def _with_codes(parameter: dict[str, Any]) -> dict[str, object]:
    """Return the parameter with the current codes of its vocabulary, which are content, not code."""
    name, schema = parameter["name"], parameter["schema"]
    if name == "facet":
        return parameter | {"schema": schema | {"enum": list(FACETS)}}
    if name not in FACETS:
        return parameter
    if facet_pattern := FACETS[name].pattern:
        restriction: dict[str, object] = {
            "pattern": f"^({facet_pattern.pattern})?$",
            "maxLength": LONGEST_VALUE,
        }
    else:
        restriction = {"enum": ["", *sorted(known_codes()[name])]}
    return parameter | {"schema": schema | {"items": schema["items"] | restriction}}
