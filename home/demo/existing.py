"""What was made here before is never made again, whatever people have done to it since."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Page, PageLogEntry


def key_of(kind: str, slug: str) -> UUID:
    """The key of a page of the demo content, the same on every machine."""
    return uuid5(NAMESPACE_URL, f"https://speca.example/demo/{kind}/{slug}")


def not_made_yet(rows: list[dict[str, Any]], kind: str, title: str) -> list[dict[str, Any]]:
    """Those of `rows` that have no page, and had none: the history remembers titles of what was deleted.

    In: the field of a row that holds its title.
    """
    there = Page.objects.filter(translation_key__in=[key_of(kind, row["slug"]) for row in rows])
    keys = set(there.values_list("translation_key", flat=True))
    created = PageLogEntry.objects.filter(action="wagtail.create", label__in=[row[title] for row in rows])
    titles = set(created.values_list("label", flat=True))
    return [row for row in rows if key_of(kind, row["slug"]) not in keys and row[title] not in titles]
