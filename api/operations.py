"""The declaration of a read-only operation with its parameters and responses."""

from collections.abc import Callable
from typing import Any

from ninja import Router, Schema

METHODS = ["GET", "HEAD"]
View = Callable[..., Any]


def read_operation(
    router: Router,
    path: str,
    response: object,
    error_responses: dict[int, type[Schema]],
    *,
    summary: str,
    parameters: list[dict[str, object]] | None = None,
) -> Callable[[View], View]:
    """Declare an operation for GET and HEAD at `path` with a response schema (or a union of them).

    `error_responses` maps status codes to schemas; `parameters` are read from the request, beside those of the signature.
    """
    return router.api_operation(
        METHODS,
        path,
        response={200: response, **error_responses},
        summary=summary,
        openapi_extra={"parameters": parameters or []},
    )
