"""Practices as JSON: each an object with all that its record says, values as codes with their labels."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from django.core.serializers.json import DjangoJSONEncoder

from exports.entries import Entry


def as_json(found: Iterable[Entry]) -> Iterator[str]:
    """One array, object by object."""
    before = "[\n"
    for entry in found:
        yield before + json.dumps(plain_object(entry), ensure_ascii=False, cls=DjangoJSONEncoder)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def plain_object(entry: Entry) -> dict[str, object]:
    """The names are a contract: programs of others read them."""
    fields = asdict(entry)
    del fields["untranslated"]
    return fields | {"licence_address": entry.licence_address}
