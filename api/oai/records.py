"""Records as the protocol sends them: a header, and below it the practice in one of the formats, or the word that it is gone."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from api.oai import datacite, dublin_core
from api.oai.arguments import Fault
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


def format_named(prefix: str) -> Format:
    """Raises Fault: cannotDisseminateFormat."""
    if prefix not in FORMATS:
        raise Fault("cannotDisseminateFormat", f"There is no format {prefix} here.")
    return FORMATS[prefix]


def record_named(identifier: str) -> Record:
    """The record of a practice, public or no longer. Raises Fault: idDoesNotExist."""
    try:
        record = Record.objects.without_terms().filter(key=UUID(identifier.rpartition(":")[2])).first()
    except ValueError:
        record = None
    if record is None or identifier != identifier_of(record):
        raise Fault("idDoesNotExist", f"There is no record {identifier} here.")
    return record


def identifier_of(record: Record) -> str:
    return f"oai:{urlsplit(settings.SITE_ADDRESS).hostname}:{record.key}"


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def add_records(parent: Element, records: list[Record], form: Format) -> None:
    """Add them with all that the portal says of them in a format."""
    found = _in_all_languages([record.key for record in records if not record.removed])
    for record in records:
        element = add(parent, "record")
        # Taken back since it was listed: it is gone now, and will be listed as gone with the time of that.
        gone = record.key not in found
        add_header(element, record, gone)
        if not gone:
            add(element, "metadata").append(form.write(found[record.key]))


def add_header(parent: Element, record: Record, gone: bool) -> None:
    header = add(parent, "header", **({"status": "deleted"} if gone else {}))
    add(header, "identifier", identifier_of(record))
    add(header, "datestamp", stamp(changed_at(record.change)))
    for spec in specs(record):
        add(header, "setSpec", spec)


def _in_all_languages(keys: Iterable[UUID]) -> dict[UUID, list[Entry]]:
    """Key -> the practice in each language in which it is published, the original first."""
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for language in LANGUAGE_CODES:
        for entry in entries(keys, language):
            if entry.language == language:
                found[entry.key].append(entry)
    for versions in found.values():
        versions.sort(key=lambda entry: entry.language != entry.original)
    return found
