"""Whether the records say what the pages say."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from indexing.kinds import searchable_models
from indexing.models import Record
from indexing.records import public_contents, rebuild, stored_differs


@dataclass(frozen=True)
class RecordDrift:
    """Keys of practices whose record is missing, says something else, should be gone, or shows what is restricted."""

    missing: list[UUID]
    stale: list[UUID]
    ghosts: list[UUID]
    restricted: list[UUID]

    def __bool__(self) -> bool:
        return any(vars(self).values())


def drift() -> RecordDrift:
    """Compare every public practice with its record.

    Not in one transaction: on SQLite nobody could save meanwhile. So what differs at first is looked at once more, each
    practice in a short transaction, since it may have been published in between.
    """
    public, live = _public(), set(Record.objects.live().values_list("key", flat=True))
    return _looked_at_again((public ^ live) | {key for key in public & live if _differs(key)})


def drift_after(after: UUID | None, seconds: float, most: int) -> tuple[UUID | None, int, RecordDrift]:
    """Compare the next practices in the order of their keys, for about so long. Returns the last key looked at (None where
    none was left), how many there were, and what differs among them."""
    ends, last, looked_at, suspects = time.monotonic() + seconds, None, 0, set()
    for key in _keys_after(after, most):
        last, looked_at = key, looked_at + 1
        if _is_suspect(key):
            suspects.add(key)
        if time.monotonic() >= ends:
            break
    return last, looked_at, _looked_at_again(suspects)


def number_of_keys() -> int:
    """About how many there are to compare."""
    return Record.objects.live().count()


def _keys_after(after: UUID | None, most: int) -> list[UUID]:
    """The next keys of public pages and of live records."""
    found: set[UUID] = set()
    records = Record.objects.live().order_by("key")
    found.update((records.filter(key__gt=after) if after else records).values_list("key", flat=True)[:most])
    for model in searchable_models():
        pages = model.objects.readable().order_by("translation_key")
        pages = pages.filter(translation_key__gt=after) if after else pages
        found.update(pages.values_list("translation_key", flat=True).distinct()[:most])
    return sorted(found)[:most]


def _is_suspect(key: UUID) -> bool:
    contents, record = public_contents(key), Record.objects.live().filter(key=key).first()
    return stored_differs(record, contents) if record and contents else bool(record or contents)


def _looked_at_again(suspects: set[UUID]) -> RecordDrift:
    found = RecordDrift([], [], [], [])
    for key in sorted(suspects):
        with transaction.atomic():
            contents = public_contents(key)
            record = Record.objects.live().filter(key=key).first()
            if contents and record is None:
                found.missing.append(key)
            elif contents and record and stored_differs(record, contents):
                found.stale.append(key)
            elif record and not contents:
                (found.restricted if _is_live(key) else found.ghosts).append(key)
    return found


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


def repair(found: RecordDrift) -> int:
    """Rebuild what has drifted. Returns how many records changed."""
    return sum(rebuild(key) for key in (*found.missing, *found.stale, *found.ghosts, *found.restricted))
