"""Featured collections in both languages."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from curation.models import CollectionIndexPage, CollectionItem, CollectionPage
from home.demo.existing import key_of, rows_to_load
from home.demo.files import read
from home.demo.publishing import publish, russian_copy
from practices.models import PracticePage
from search.stored_queries import parse_stored_query, to_store


def load() -> None:
    """Publish the collections that have never been loaded."""
    for row in rows_to_load(read("collections")["collections"], "collection", "title_en"):
        _publish(row)


@transaction.atomic
def _publish(row: dict[str, Any]) -> None:
    index = CollectionIndexPage.objects.get(locale__language_code="en")
    page = CollectionPage(
        title=row["title_en"],
        slug=row["slug"],
        translation_key=key_of("collection", row["slug"]),
        intro=row["intro_en"],
        question=_stored(row["query"]),
        featured=bool(row["featured"]),
        featured_order=row["featured"] or 0,
        live=False,
    )
    picked = list(_picked(row["items"]))
    page.items = [
        CollectionItem(practice=practice, note=item["note_en"], sort_order=place, locale=index.locale)
        for place, (practice, item) in enumerate(picked)
    ]
    index.add_child(instance=page)
    publish(page)
    russian = russian_copy(page)
    notes = {practice.translation_key: item["note_ru"] for practice, item in picked}
    items = list(russian.items.all())
    for item in items:
        item.note = notes[item.practice_key]
    publish(russian, title=row["title_ru"], intro=row["intro_ru"], items=items)


def _picked(rows: list[dict[str, str]]) -> Iterator[tuple[PracticePage, dict[str, str]]]:
    """Yield the English page of each demo practice that has not been deleted."""
    english = PracticePage.objects.filter(locale__language_code="en")
    for row in rows:
        if practice := english.of_record(key_of("practice", row["slug"])).first():
            yield practice, row


def _stored(stored: str | None) -> str:
    """Return the query as the editor's form stores it. Raises CommandError if a part of it is invalid."""
    query, notices = parse_stored_query(stored or "")
    if notices:
        raise CommandError(f"The search does not understand the stored query {query!r}.")
    return to_store(query) if stored else ""
