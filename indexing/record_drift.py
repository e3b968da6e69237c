"""Compare the records with the public pages, and repair them."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from indexing.kinds import searchable_models
from indexing.models import Record
from indexing.records import public_contents, rebuild, stored_differs


@dataclass(frozen=True)
class RecordDrift:
    """Keys of practices whose record is missing, differs (stale), should be removed (ghosts), or whose page is restricted."""

    missing: list[UUID]
    stale: list[UUID]
    ghosts: list[UUID]
    restricted: list[UUID]

    def __bool__(self) -> bool:
        return any(vars(self).values())


def find_record_drift() -> RecordDrift:
    """Compare every public practice with its record.

    Not in one transaction, which on SQLite would block all writes. So practices that differ are compared once more, each
    in a short transaction, because they may have been published in between.
    """
    public, live = _public(), set(Record.objects.live().values_list("key", flat=True))
    return _confirm_drift((public ^ live) | {key for key in public & live if _differs(key)})


def find_record_drift_after(
    after: UUID | None, seconds: float, limit: int
) -> tuple[UUID | None, int, RecordDrift]:
    """Compare the practices with the next keys, for about `seconds`.

    Return the last key compared (None if none is left), the number of keys compared, and their drift.
    """
    deadline, last_key, compared, suspects = time.monotonic() + seconds, None, 0, set()
    for key in _keys_after(after, limit):
        last_key, compared = key, compared + 1
        if _is_suspect(key):
            suspects.add(key)
        if time.monotonic() >= deadline:
            break
    return last_key, compared, _confirm_drift(suspects)


def number_of_keys() -> int:
    """Return about how many practices there are to compare."""
    return Record.objects.live().count()


def _keys_after(after: UUID | None, limit: int) -> list[UUID]:
    """Return the next keys of public pages and of live records."""
    keys: set[UUID] = set()
    records = Record.objects.live().order_by("key")
    keys.update((records.filter(key__gt=after) if after else records).values_list("key", flat=True)[:limit])
    for model in searchable_models():
        pages = model.objects.readable().order_by("translation_key")
        pages = pages.filter(translation_key__gt=after) if after else pages
        keys.update(pages.values_list("translation_key", flat=True).distinct()[:limit])
    return sorted(keys)[:limit]


def _is_suspect(key: UUID) -> bool:
    contents, record = public_contents(key), Record.objects.live().filter(key=key).first()
    return stored_differs(record, contents) if record and contents else bool(record or contents)


def _confirm_drift(suspects: set[UUID]) -> RecordDrift:
    drift = RecordDrift([], [], [], [])
    for key in sorted(suspects):
        with transaction.atomic():
            contents = public_contents(key)
            record = Record.objects.live().filter(key=key).first()
            if contents and record is None:
                drift.missing.append(key)
            elif contents and record and stored_differs(record, contents):
                drift.stale.append(key)
            elif record and not contents:
                (drift.restricted if _is_live(key) else drift.ghosts).append(key)
    return drift


def _public() -> set[UUID]:
    return {
        key
        for model in searchable_models()
        for key in model.objects.readable()
        .order_by("translation_key")
        .values_list("translation_key", flat=True)
    }


def _differs(key: UUID) -> bool:
    record = Record.objects.live().filter(key=key).first()
    return record is not None and stored_differs(record, public_contents(key))


def _is_live(key: UUID) -> bool:
    return any(model.objects.live().filter(translation_key=key).exists() for model in searchable_models())


def repair(drift: RecordDrift) -> int:
    """Rebuild the drifted records. Return the number of records changed."""
    return sum(rebuild(key) for key in (*drift.missing, *drift.stale, *drift.ghosts, *drift.restricted))
