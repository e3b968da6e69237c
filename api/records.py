"""One full record, or the details of its withdrawal."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Query, Router, Schema, Status

from api.errors import GoneOut, MissingOut, RefusalOut, SuccessorOut
from api.operations import read_operation
from api.parameters import KEY, LanguageParameters
from api.record_schemas import SCHEMAS, record_out
from exports.entries import entry
from indexing.former_paths import key_of_former_path
from indexing.kinds import Kind
from indexing.resolution import resolve

router = Router(tags=["Records"])
PRACTICE = "practice"
ANY_RECORD: object = reduce(or_, SCHEMAS.values())
ERROR_RESPONSES: dict[int, type[Schema]] = {404: MissingOut, 410: GoneOut, 422: RefusalOut}


@read_operation(router, "/records/{key}", ANY_RECORD, ERROR_RESPONSES, summary="A record in full")
def record(
    request: HttpRequest, parameters: Query[LanguageParameters], key: UUID = KEY
) -> Schema | Status[GoneOut]:
    """Everything that a reader of its page can read, contacts aside: write to these by the form on the page."""
    full_record = entry(key, parameters.lang)
    return record_out(full_record) if full_record else Status(410, _gone_out(key, parameters.lang))


@read_operation(router, "/practices/{key}", SCHEMAS[PRACTICE], ERROR_RESPONSES, summary="A practice in full")
def practice(
    request: HttpRequest, parameters: Query[LanguageParameters], key: UUID = KEY
) -> Schema | Status[GoneOut]:
    """As /api/v1/records/{key}, of practices only: the address of before there were other kinds. It stays."""
    full_record = entry(key, parameters.lang)
    if full_record and full_record.kind != PRACTICE:
        raise Http404
    return record_out(full_record) if full_record else Status(410, _gone_out(key, parameters.lang))


def _gone_out(key: UUID, lang: str) -> GoneOut:
    """Return the details of a withdrawal. Raises Http404 if the record was never public or access to it is restricted."""
    with translation.override(lang):
        resolution = resolve(key)
        if resolution is None or resolution.guarded:
            raise Http404
        successor = key_of_former_path(resolution.url or resolution.replaced_by_url)
        return GoneOut(
            detail=_withdrawn(resolution.kind),
            reason=resolution.reason,
            replaced_by=_successor(successor, lang) if successor else None,
        )


def _withdrawn(kind: Kind | None) -> str:
    """Return the message, in English like all errors of the API."""
    with translation.override("en"):
        return f"This {str(kind.label).lower() if kind else 'record'} has been withdrawn."


def _successor(key: UUID, lang: str) -> SuccessorOut | None:
    full_record = entry(key, lang)
    return (
        SuccessorOut(
            key=key, title=full_record.title, address=full_record.address, permanent=full_record.permanent
        )
        if full_record
        else None
    )
