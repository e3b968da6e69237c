"""Error responses of the API: invalid parameters, missing and withdrawn records."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from api.uris import Uri
from indexing.facets import LONGEST_VALUE
from search.messages import message_for, problem_message
from search.query import Notice, is_clean, printable

LONGEST_NAME = 40


class NoticeOut(Schema):
    """A parameter, what it held, and what is to be said of it in a sentence."""

    field: str
    value: str
    reason: str


class RefusalOut(Schema):
    """What was not understood: one entry for each parameter that is at fault."""

    detail: list[NoticeOut]


class MissingOut(Schema):
    """There is nothing at this address."""

    detail: str


class SuccessorOut(Schema):
    """The practice to take instead."""

    key: UUID
    title: str
    address: Uri
    permanent: Uri


class GoneOut(Schema):
    """A practice that is no longer public: why, where that was said, and what replaces it or took it in."""

    detail: str
    reason: str
    replaced_by: SuccessorOut | None


class InvalidRequest(Exception):
    """Raised for a request with invalid parameters."""

    def __init__(self, notices: list[Notice]) -> None:
        self.notices = notices


def notice_out(notice: Notice) -> NoticeOut:
    return NoticeOut(field=notice.field, value=notice.value, reason=message_for(notice))


def _problem_out(notice: Notice) -> NoticeOut:
    return NoticeOut(field=notice.field, value=notice.value, reason=problem_message(notice))


def _fault(error: dict[str, Any], request: HttpRequest) -> Notice:
    """Convert an error of pydantic to a notice of the search query."""
    source, *_, name = map(str, error["loc"])
    if source == "path" and request.resolver_match:
        values = [str(request.resolver_match.kwargs[name])]
    else:
        values = request.GET.getlist(name)
    reason = "unknown-value"
    if not is_clean(name + values[0]):
        reason = "characters"
    elif error["type"] == "extra_forbidden":
        reason = "unknown-parameter"
    elif len(values) > 1:
        reason = "repeated"
    elif error["type"] == "less_than_equal":
        reason = "too-deep"
    return Notice(printable(name)[:LONGEST_NAME], printable(values[-1])[:LONGEST_VALUE], reason)


def handle_errors(api: NinjaAPI) -> None:
    """Register handlers that return all validation errors in the same form, the query parser's and Ninja's."""

    @api.exception_handler(InvalidRequest)
    def refused(request: HttpRequest, refusal: InvalidRequest) -> HttpResponse:
        return refuse([_problem_out(notice) for notice in refusal.notices], request)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        notices = [_fault(error, request) for error in fault.errors]
        return refuse([_problem_out(notice) for notice in notices], request)

    def refuse(detail: list[NoticeOut], request: HttpRequest) -> HttpResponse:
        return api.create_response(request, RefusalOut(detail=detail).model_dump(), status=422)
