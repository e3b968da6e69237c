"""The content version: a number that grows with each public change, in the transaction of the change.

Cached anonymous pages and records carry it. Its row is locked until the transaction ends, so numbers become visible in
order: a reader who sees one has seen all before it. A number is never used twice, not even after a rollback or a restored
backup, since it is at least the clock's microsecond; so values cached under a number stay valid for it.
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
LOCK_TIMEOUT = "5s"
MISSING = object()


def next_version() -> int:
    """Increase the content version and return it."""
    with _row_locked():
        # Read after locking the row: a time from before the wait would be older than what `settled_time` has promised.
        now = _clock()
        ContentVersion.objects.filter(pk=1).update(number=Greatest(F("number") + 1, Value(now)))
        return current_version()


def settled_time() -> int:
    """Return the clock's microsecond, once every change with a number up to it is visible.

    Waits for a change that is being saved. Raises OperationalError after LOCK_TIMEOUT (on SQLite after its own timeout).
    """
    with _row_locked(timeout=LOCK_TIMEOUT):
        return _clock()


@contextmanager
def _row_locked(timeout: str = "") -> Iterator[None]:
    """Open a transaction in which no other process can take a number: by a row lock, on SQLite by the database lock."""
    with transaction.atomic():
        if timeout and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [timeout])
        if not ContentVersion.objects.select_for_update().filter(pk=1).values_list("number"):
            # Before the first change; waits for another process that is creating the row.
            ContentVersion.objects.bulk_create([ContentVersion(pk=1, number=0)], ignore_conflicts=True)
        yield


def _clock() -> int:
    return time.time_ns() // 1000


def current_version() -> int:
    """Return the number of the last change visible to this connection, 0 before the first."""
    with connection.cursor() as cursor:
        # Called several times per request; the ORM takes ten times as long.
        cursor.execute("SELECT number FROM core_contentversion WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def per_version(compute: Callable[..., T]) -> Callable[..., T]:
    """Cache the results of a function of few hashable arguments until the content version changes."""
    remembered: dict[object, Any] = {}

    @wraps(compute)
    def wrapper(*args: object) -> Any:
        version = current_version()
        if remembered.get("version") != version:
            remembered.clear()
            remembered["version"] = version
        # Another thread may clear it between a look and a read.
        result = remembered.get(args, MISSING)
        if result is not MISSING:
            return result
        result = compute(*args)
        if remembered.get("version") == version:  # another thread may have moved on to a newer version
            remembered[args] = result
        return result

    return wrapper
