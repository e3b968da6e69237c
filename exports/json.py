"""Practices as JSON: an array of objects with all fields of the record; codes come with their labels."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from django.core.serializers.json import DjangoJSONEncoder

from exports.entries import Entry


def as_json(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a JSON array, object by object."""
    prefix = "[\n"
    for entry in entries:
        yield prefix + json.dumps(plain_object(entry), ensure_ascii=False, cls=DjangoJSONEncoder)
        prefix = ",\n"
    yield "\n]\n" if prefix == ",\n" else "[]\n"


def plain_object(entry: Entry) -> dict[str, object]:
    """Return the entry as a dictionary. Its keys are public: other programs read them."""
    fields = asdict(entry)
    del fields["untranslated"]
    return fields | {"licence_address": entry.licence_address}
