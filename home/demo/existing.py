"""Find out which demo content has been loaded before; it is not loaded again, even if people have deleted it."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Page, PageLogEntry


def key_of(kind: str, slug: str) -> UUID:
    """Return the translation key of a demo page, the same on every machine."""
    return uuid5(NAMESPACE_URL, f"https://speca.example/demo/{kind}/{slug}")


def rows_to_load(rows: list[dict[str, Any]], kind: str, title: str) -> list[dict[str, Any]]:
    """Return the rows that have no page and never had one; the history contains the titles of deleted pages.

    `title` is the name of the field with a row's title.
    """
    existing = Page.objects.filter(translation_key__in=[key_of(kind, row["slug"]) for row in rows])
    keys = set(existing.values_list("translation_key", flat=True))
    created = PageLogEntry.objects.filter(action="wagtail.create", label__in=[row[title] for row in rows])
    titles = set(created.values_list("label", flat=True))
    return [row for row in rows if key_of(kind, row["slug"]) not in keys and row[title] not in titles]
