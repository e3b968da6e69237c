"""Records of the protocol: a header, and the practice in one of the formats unless it is deleted."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from api.oai import datacite, dublin_core
from api.oai.arguments import OAIError
from api.oai.elements import Element, adder
from api.oai.harvest import specs
from core.language_codes import LANGUAGE_CODES
from exports.entries import Entry, changed_at, entries
from indexing.models import Record

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"

add = adder(NAMESPACE)


@dataclass(frozen=True)
class Format:
    namespace: str
    schema: str
    write: Callable[[list[Entry]], Element]


FORMATS = {
    "oai_dc": Format(dublin_core.NAMESPACE, dublin_core.SCHEMA, dublin_core.oai_dc),
    "datacite": Format(datacite.NAMESPACE, datacite.SCHEMA, datacite.datacite),
}


def get_format(prefix: str) -> Format:
    """Return the format with this prefix. Raises OAIError: cannotDisseminateFormat."""
    if prefix not in FORMATS:
        raise OAIError("cannotDisseminateFormat", f"There is no format {prefix} here.")
    return FORMATS[prefix]


def get_record(identifier: str) -> Record:
    """Return the record of a practice, public or removed. Raises OAIError: idDoesNotExist."""
    try:
        record = Record.objects.without_terms().filter(key=UUID(identifier.rpartition(":")[2])).first()
    except ValueError:
        record = None
    if record is None or identifier != identifier_of(record):
        raise OAIError("idDoesNotExist", f"There is no record {identifier} here.")
    return record


def identifier_of(record: Record) -> str:
    return f"oai:{urlsplit(settings.SITE_ADDRESS).hostname}:{record.key}"


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def add_records(parent: Element, records: list[Record], form: Format) -> None:
    """Add records with their metadata in a format."""
    entries_by_key = _in_all_languages([record.key for record in records if not record.removed])
    for record in records:
        element = add(parent, "record")
        # Unpublished since it was listed: it is deleted now, and a later harvest lists the deletion with its own time.
        is_deleted = record.key not in entries_by_key
        add_header(element, record, is_deleted)
        if not is_deleted:
            add(element, "metadata").append(form.write(entries_by_key[record.key]))


def add_header(parent: Element, record: Record, is_deleted: bool) -> None:
    header = add(parent, "header", **({"status": "deleted"} if is_deleted else {}))
    add(header, "identifier", identifier_of(record))
    add(header, "datestamp", stamp(changed_at(record.change)))
    for spec in specs(record):
        add(header, "setSpec", spec)


def _in_all_languages(keys: Iterable[UUID]) -> dict[UUID, list[Entry]]:
    """Return key -> the practice in each language in which it is published, the original first."""
    entries_by_key: dict[UUID, list[Entry]] = defaultdict(list)
    for language in LANGUAGE_CODES:
        for entry in entries(keys, language):
            if entry.language == language:
                entries_by_key[entry.key].append(entry)
    for versions in entries_by_key.values():
        versions.sort(key=lambda entry: entry.language != entry.original)
    return entries_by_key
