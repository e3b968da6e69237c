"""Compare the documents of the search server with the records, key by key, and repair them."""

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


class RecordState(NamedTuple):
    """Key, version and state of a record, for comparison."""

    key: UUID
    version: int
    removed: bool
    change: int


@dataclass
class IndexDrift:
    """Keys that the server lacks (missing), has in another version (stale), or has though they are not public (ghosts).

    Records that wait to be shipped are not counted as drift.
    """

    missing: list[UUID] = field(default_factory=list)
    stale: list[UUID] = field(default_factory=list)
    ghosts: list[UUID] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghosts)

    def keys(self) -> list[UUID]:
        return [*self.missing, *self.stale, *self.ghosts]

    def add(self, key: UUID, record: RecordState | None, document: IndexedDocument | None) -> None:
        is_public, is_indexed = bool(record and not record.removed), bool(document and not document.removed)
        if is_indexed and not is_public:
            self.ghosts.append(key)
        elif is_public and not is_indexed:
            self.missing.append(key)
        elif is_public and record and document and record.version != document.version:
            self.stale.append(key)


def find_index_drift(index: SearchIndex) -> IndexDrift:
    """Compare the whole index with all records, in constant memory. Raises EngineUnavailable."""
    suspects = IndexDrift()
    for key, record, document in _merge_by_key(_record_states(), documents.contents(index.name)):
        suspects.add(key, record, document)
    return _confirm_drift(index, suspects.keys())


def _confirm_drift(index: SearchIndex, suspects: list[UUID]) -> IndexDrift:
    """Return those suspects that still differ and do not wait to be shipped.

    Both sides were read while others were writing, so a first difference proves nothing.
    """
    drift = IndexDrift()
    for start in range(0, len(suspects), BATCH_SIZE):
        keys = sorted(suspects[start : start + BATCH_SIZE])
        indexed = documents.versions(index.name, keys)
        records = {
            row[0]: RecordState(*row)
            for row in Record.objects.filter(key__in=keys).values_list(*RecordState._fields)
        }
        shipped = SearchIndex.objects.values_list("shipped", flat=True).get(pk=index.pk)
        for key in keys:
            if key not in records or records[key].change <= shipped:
                drift.add(key, records.get(key), indexed.get(key))
    return drift


def repair(index: SearchIndex, drift: IndexDrift) -> None:
    """Send the drifted records again with a version that the server accepts; delete documents without a record."""
    keys = drift.keys()
    for start in range(0, len(keys), BATCH_SIZE):
        batch = keys[start : start + BATCH_SIZE]
        indexed = documents.versions(index.name, batch)
        with transaction.atomic():
            records = {record.key: record for record in Record.objects.filter(key__in=batch)}
            for key in set(records) & set(indexed):
                _overtake(records[key], indexed[key])
        documents.send(index.name, records.values())
        documents.delete_documents(
            index.name, (document for key, document in indexed.items() if key not in records)
        )
    indexes.refresh(index.name)


def _overtake(record: Record, document: IndexedDocument) -> None:
    """Raise the record's version above the server's, which can be higher after a backup was restored."""
    if document.version >= record.version:
        record.version, record.change = document.version + 1, next_version()
        record.save(update_fields=["version", "change"])


def _record_states() -> Iterator[RecordState]:
    rows = Record.objects.order_by("key").values_list(*RecordState._fields).iterator(chunk_size=BATCH_SIZE)
    return (RecordState(*row) for row in rows)


def _merge_by_key(
    records: Iterator[RecordState], documents: Iterator[IndexedDocument]
) -> Iterator[tuple[UUID, RecordState | None, IndexedDocument | None]]:
    """Merge two iterators in key order into one: (key, record or None, document or None) for each key."""
    record, document = next(records, None), next(documents, None)
    while record or document:
        if document is None or (record and record.key < document.key):
            assert record
            yield record.key, record, None
            record = next(records, None)
        elif record is None or document.key < record.key:
            yield document.key, None, document
            document = next(documents, None)
        else:
            yield record.key, record, document
            record, document = next(records, None), next(documents, None)
