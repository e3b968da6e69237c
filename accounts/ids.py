"""Parse ids from URLs, forms and texts as Django does, so that a permission check and a query refer to the same row."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import Http404
from wagtail.models import Page

LARGEST = 2**63 - 1  # what a bigint holds; SQLite raises OverflowError above it


def parse_id(value: object) -> int | None:
    """Return the primary key that Django looks up for `value`, or None if it is no valid key.

    `+72`, ` 72`, `72\\n`, `7_2` and the digits of any script are all 72 to `int()`, and so to every lookup of an integer
    field.
    """
    try:
        key = Page._meta.pk.to_python(value)
    except ValidationError:
        return None
    return key if key is not None and abs(key) <= LARGEST else None


def parse_ids(values: Iterable[object]) -> list[int]:
    """Return the primary keys in `values`, without empty values. Raises Http404 for an invalid id."""
    keys = [parse_id(value) for value in values if value]
    if None in keys:
        raise Http404("No id")
    return [key for key in keys if key is not None]
