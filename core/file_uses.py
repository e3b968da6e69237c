"""Which images and documents a page shows, as its row has it: what readers see, whatever stands in a newer draft.

Wagtail's own reference index follows the newest draft, so a picture added there would count as shown, and one taken out there
no longer as shown (docs/decisions/pictures.md).
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


def note_uses(page: Page) -> None:
    """Keep what the row of `page` shows; `page` is specific and holds what was just saved."""
    uses = set(_uses(page))
    kept = FileUse.objects.filter(page_id=page.pk)
    if uses != set(kept.values_list("image_id", "document_id")):
        with transaction.atomic():
            kept.delete()
            FileUse.objects.bulk_create(_rows(page.pk, uses))
            if page.live:
                next_version()


def note_all() -> int:
    """Note the uses of all pages anew, as for a database of before; return how many there are."""
    rows = [
        row
        for page in Page.objects.specific().iterator(chunk_size=100)
        for row in _rows(page.pk, set(_uses(page)))
    ]
    noted = set(FileUse.objects.values_list("page_id", "image_id", "document_id"))
    if noted != {(row.page_id, row.image_id, row.document_id) for row in rows}:
        with transaction.atomic():
            FileUse.objects.all().delete()
            FileUse.objects.bulk_create(rows, batch_size=500)
            next_version()
    return len(rows)


def live_pages_with(file: Model) -> PageQuerySet:
    """Return the live pages that show this image or document, those under a restriction too."""
    return Page.objects.live().filter(file_uses__in=FileUse.objects.filter(**{FIELDS[type(file)]: file.pk}))


@per_version
def is_shown_to_all(model: type[Model], key: int) -> bool:
    """Whether a live page under no restriction shows this image or document, and its collection is not private."""
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
    """What a text names may have been deleted."""
    images = _existing(get_image_model(), {image for image, _ in uses})
    documents = _existing(get_document_model(), {document for _, document in uses})
    return [
        FileUse(page_id=page, image_id=image, document_id=document)
        for image, document in uses
        if image in images or document in documents
    ]


def _existing(model: type[Model], keys: set[int | None]) -> set[int]:
    wanted = keys - {None}
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
