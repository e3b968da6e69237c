"""The version of what readers can see: it grows with each public change, inside the change's own transaction.

Anonymous pages are kept under it and records are numbered by it. Its row is locked until the transaction ends,
so numbers become visible in the order in which they were given: who has seen one has seen all before it.
A number is never given twice, not even after a rollback or a restored backup, since it is at least the clock's
microsecond: what a process remembers under a number stays true for that number.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from core.models import ContentVersion

T = TypeVar("T")
PATIENCE = "5s"


def next_version() -> int:
    """Take the next number."""
    with _row_locked():
        # Not before the row is ours: a number from before the wait would be older than what `settled_time` has promised.
        now = _clock()
        ContentVersion.objects.filter(pk=1).update(number=Greatest(F("number") + 1, Value(now)))
        return current_version()


def settled_time() -> int:
    """The clock's microsecond, once every change with a number up to it can be seen.

    Waits for the change that is being saved, if any. Raises OperationalError where that takes longer than PATIENCE (on
    SQLite its own timeout).
    """
    with _row_locked(patience=PATIENCE):
        return _clock()


@contextmanager
def _row_locked(patience: str = "") -> Iterator[None]:
    """A transaction in which nobody else can take a number: by the row on PostgreSQL, by its beginning on SQLite."""
    with transaction.atomic():
        if patience and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [patience])
        if not ContentVersion.objects.select_for_update().filter(pk=1).values_list("number"):
            # Before the first change; waits for another process that is making it.
            ContentVersion.objects.bulk_create([ContentVersion(pk=1, number=0)], ignore_conflicts=True)
        yield


def _clock() -> int:
    return time.time_ns() // 1000


def current_version() -> int:
    """The number of the last change that this connection can see; 0 before the first."""
    with connection.cursor() as cursor:
        # Asked several times a request: through the ORM it takes ten times as long.
        cursor.execute("SELECT number FROM core_contentversion WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def per_version(compute: Callable[..., T]) -> Callable[..., T]:
    """Remember the results of a function of few hashable arguments until the version changes."""
    remembered: dict[object, Any] = {}

    @wraps(compute)
    def wrapper(*args: object) -> Any:
        version = current_version()
        if remembered.get("version") != version:
            remembered.clear()
            remembered["version"] = version
        if args in remembered:
            return remembered[args]
        found = compute(*args)
        if remembered.get("version") == version:  # not where another thread has gone on meanwhile
            remembered[args] = found
        return found

    return wrapper
