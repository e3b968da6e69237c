"""The images and documents that the published version of each page shows, whatever a newer draft contains.

Wagtail's reference index follows the newest draft: a picture added there would count as shown, and one removed there as no
longer shown (docs/decisions/pictures.md).
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageQuerySet, ReferenceIndex

from core.models import FileUse
from core.versions import next_version, per_version

LONGEST_KEY = 9  # digits that fit into the databases' integers
FIELDS = {get_image_model(): "image_id", get_document_model(): "document_id"}


def record_file_uses(page: Page) -> None:
    """Store the file uses of `page`, a specific page that was just saved."""
    uses = set(_uses(page))
    stored = FileUse.objects.filter(page_id=page.pk)
    if uses != set(stored.values_list("image_id", "document_id")):
        with transaction.atomic():
            stored.delete()
            FileUse.objects.bulk_create(_rows(page.pk, uses))
            if page.live:
                next_version()


def record_all_file_uses() -> int:
    """Recompute the file uses of all pages, for a database of an older release; return their number."""
    rows = [
        row
        for page in Page.objects.specific().iterator(chunk_size=100)
        for row in _rows(page.pk, set(_uses(page)))
    ]
    stored = set(FileUse.objects.values_list("page_id", "image_id", "document_id"))
    if stored != {(row.page_id, row.image_id, row.document_id) for row in rows}:
        with transaction.atomic():
            FileUse.objects.all().delete()
            FileUse.objects.bulk_create(rows, batch_size=500)
            next_version()
    return len(rows)


def live_pages_with(file: Model) -> PageQuerySet:
    """Return the live pages that show this image or document, including restricted ones."""
    return Page.objects.live().filter(file_uses__in=FileUse.objects.filter(**{FIELDS[type(file)]: file.pk}))


@per_version
def is_shown_to_all(model: type[Model], key: int) -> bool:
    """Return whether an unrestricted live page shows this image or document and its collection is not private."""
    file: Any = model._default_manager.select_related("collection").get(pk=key)
    return not file.collection.get_view_restrictions() and live_pages_with(file).public().exists()


def _uses(page: Page) -> Iterator[tuple[int | None, int | None]]:
    """Yield (image, document), one of them None."""
    image, document = (ContentType.objects.get_for_model(model).pk for model in FIELDS)
    for kind, key, *_ in ReferenceIndex._extract_references_from_object(page):
        if key.isdecimal() and len(key) <= LONGEST_KEY:
            if kind == image:
                yield int(key), None
            elif kind == document:
                yield None, int(key)


def _rows(page: int, uses: set[tuple[int | None, int | None]]) -> list[FileUse]:
    """Return the rows to store, without files that have been deleted but are still referred to in a text."""
    images = _existing(get_image_model(), {image for image, _ in uses})
    documents = _existing(get_document_model(), {document for _, document in uses})
    return [
        FileUse(page_id=page, image_id=image, document_id=document)
        for image, document in uses
        if image in images or document in documents
    ]


def _existing(model: type[Model], keys: set[int | None]) -> set[int]:
    ids = keys - {None}
    return set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
