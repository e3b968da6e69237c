"""Whether the search server has what the records say, key by key; and mends it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from core.versions import next_version
from indexing import documents, indexes
from indexing.documents import IndexedDocument
from indexing.models import Record, SearchIndex

BATCH_SIZE = 1_000


class Kept(NamedTuple):
    """What a record says of itself."""

    key: UUID
    version: int
    removed: bool
    change: int


@dataclass
class IndexDrift:
    """Keys that the server lacks, has in another version, or has though they are not public. What waits to be shipped
    is no drift."""

    missing: list[UUID] = field(default_factory=list)
    stale: list[UUID] = field(default_factory=list)
    ghosts: list[UUID] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghosts)

    def keys(self) -> list[UUID]:
        return [*self.missing, *self.stale, *self.ghosts]

    def take(self, key: UUID, kept: Kept | None, sent: IndexedDocument | None) -> None:
        is_public, is_found = bool(kept and not kept.removed), bool(sent and not sent.removed)
        if is_found and not is_public:
            self.ghosts.append(key)
        elif is_public and not is_found:
            self.missing.append(key)
        elif is_public and kept and sent and kept.version != sent.version:
            self.stale.append(key)


def compared(index: SearchIndex) -> IndexDrift:
    """Compare all of the index with all records; memory stays flat. Raises EngineUnavailable."""
    suspects = IndexDrift()
    for key, kept, sent in _side_by_side(_kept(), documents.contents(index.name)):
        suspects.take(key, kept, sent)
    return _looked_at_again(index, suspects.keys())


def _looked_at_again(index: SearchIndex, suspects: list[UUID]) -> IndexDrift:
    """Both sides were read while others wrote: what still differs and does not wait has drifted."""
    drift = IndexDrift()
    for start in range(0, len(suspects), BATCH_SIZE):
        keys = sorted(suspects[start : start + BATCH_SIZE])
        sent = documents.versions(index.name, keys)
        kept = {row[0]: Kept(*row) for row in Record.objects.filter(key__in=keys).values_list(*Kept._fields)}
        shipped = SearchIndex.objects.values_list("shipped", flat=True).get(pk=index.pk)
        for key in keys:
            if key not in kept or kept[key].change <= shipped:
                drift.take(key, kept.get(key), sent.get(key))
    return drift


def repair(index: SearchIndex, drift: IndexDrift) -> None:
    """Send what has drifted again, under a version that the server takes; forget what no record stands for."""
    keys = drift.keys()
    for start in range(0, len(keys), BATCH_SIZE):
        some = keys[start : start + BATCH_SIZE]
        sent = documents.versions(index.name, some)
        with transaction.atomic():
            records = {record.key: record for record in Record.objects.filter(key__in=some)}
            for key in set(records) & set(sent):
                _overtake(records[key], sent[key])
        documents.send(index.name, records.values())
        documents.delete_documents(index.name, (one for key, one in sent.items() if key not in records))
    indexes.refresh(index.name)


def _overtake(record: Record, sent: IndexedDocument) -> None:
    """Where the server's version is as high or higher (a restored backup), the record's goes above it."""
    if sent.version >= record.version:
        record.version, record.change = sent.version + 1, next_version()
        record.save(update_fields=["version", "change"])


def _kept() -> Iterator[Kept]:
    rows = Record.objects.order_by("key").values_list(*Kept._fields).iterator(chunk_size=BATCH_SIZE)
    return (Kept(*row) for row in rows)


def _side_by_side(
    records: Iterator[Kept], sent: Iterator[IndexedDocument]
) -> Iterator[tuple[UUID, Kept | None, IndexedDocument | None]]:
    """Both streams in key order as one: each key once, with what either side has of it."""
    left, right = next(records, None), next(sent, None)
    while left or right:
        if right is None or (left and left.key < right.key):
            assert left
            yield left.key, left, None
            left = next(records, None)
        elif left is None or right.key < left.key:
            yield right.key, None, right
            right = next(sent, None)
        else:
            yield left.key, left, right
            left, right = next(records, None), next(sent, None)
