"""One record in full, as the database has it; what became of one that is no longer public."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Query, Router, Schema, Status

from api.errors import GoneOut, MissingOut, RefusalOut, SuccessorOut
from api.operations import reads
from api.parameters import KEY, LanguageParameters
from api.record_schemas import SCHEMAS, record_out
from exports.entries import entry
from indexing.former_paths import key_of_former_path
from indexing.kinds import Kind
from indexing.resolution import resolve

router = Router(tags=["Records"])
PRACTICE = "practice"
ANY_RECORD: object = reduce(or_, SCHEMAS.values())
OTHERWISE: dict[int, type[Schema]] = {404: MissingOut, 410: GoneOut, 422: RefusalOut}


@reads(router, "/records/{key}", ANY_RECORD, OTHERWISE, summary="A record in full")
def record(
    request: HttpRequest, parameters: Query[LanguageParameters], key: UUID = KEY
) -> Schema | Status[GoneOut]:
    """Everything that a reader of its page can read, contacts aside: write to these by the form on the page."""
    found = entry(key, parameters.lang)
    return record_out(found) if found else Status(410, _gone(key, parameters.lang))


@reads(router, "/practices/{key}", SCHEMAS[PRACTICE], OTHERWISE, summary="A practice in full")
def practice(
    request: HttpRequest, parameters: Query[LanguageParameters], key: UUID = KEY
) -> Schema | Status[GoneOut]:
    """As /api/v1/records/{key}, of practices only: the address of before there were other kinds. It stays."""
    found = entry(key, parameters.lang)
    if found and found.kind != PRACTICE:
        raise Http404
    return record_out(found) if found else Status(410, _gone(key, parameters.lang))


def _gone(key: UUID, lang: str) -> GoneOut:
    """Raises Http404 for what was never public, and for what is under a restriction: it is not gone."""
    with translation.override(lang):
        found = resolve(key)
        if found is None or found.guarded:
            raise Http404
        successor = key_of_former_path(found.url or found.replaced_by_url)
        return GoneOut(
            detail=_withdrawn(found.kind),
            reason=found.reason,
            replaced_by=_successor(successor, lang) if successor else None,
        )


def _withdrawn(kind: Kind | None) -> str:
    """Say so in English, as all errors of the API do."""
    with translation.override("en"):
        return f"This {str(kind.label).lower() if kind else 'record'} has been withdrawn."


def _successor(key: UUID, lang: str) -> SuccessorOut | None:
    found = entry(key, lang)
    return (
        SuccessorOut(key=key, title=found.title, address=found.address, permanent=found.permanent)
        if found
        else None
    )
