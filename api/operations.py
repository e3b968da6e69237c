"""How every operation is declared: read-only, and described with all that it takes and answers."""

from collections.abc import Callable
from typing import Any

from ninja import Router, Schema

METHODS = ["GET", "HEAD"]
View = Callable[..., Any]


def reads(
    router: Router,
    path: str,
    answer: object,
    otherwise: dict[int, type[Schema]],
    *,
    summary: str,
    parameters: list[dict[str, object]] | None = None,
) -> Callable[[View], View]:
    """Declare an operation that is read at `path` and answers with this schema, or one of a union; `parameters` are those that
    it reads from the request itself, beside those of its signature."""
    return router.api_operation(
        METHODS,
        path,
        response={200: answer, **otherwise},
        summary=summary,
        openapi_extra={"parameters": parameters or []},
    )
