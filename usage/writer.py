"""Add the counts in memory to the database, twice a minute in each web process.

A thread does it and not the end of a request, so that what is counted before a quiet hour is written too. A process that is
killed loses what it has counted since its last write, half a minute at most.
"""

import logging
import threading
from collections import Counter

from django.conf import settings
from django.db import connection
from django.utils import timezone

from usage.memory import memory
from usage.storing import store
from usage.visits import UNAVAILABLE, items_of

logger = logging.getLogger(__name__)
_starting = threading.Lock()
# A worker that ends waits until its thread has written what it took.
_writing = threading.Lock()
_thread: threading.Thread | None = None


def start_writer() -> None:
    """Start the thread of this process unless it runs; a child of a process with one has none."""
    global _thread
    if (_thread is not None and _thread.is_alive()) or not settings.USAGE_SECONDS:
        return
    with _starting:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_run, name="usage-writer", daemon=True)
            _thread.start()


def _run() -> None:
    while True:
        memory.is_full.wait(settings.USAGE_SECONDS)
        try:
            write()
        finally:
            connection.close()


def write() -> None:
    """Write what is in memory. If the database is away, it is kept for the next time.

    What it refuses for any other reason it would refuse for ever, and all that comes after: that is dropped. The log has no
    text of an error, which may have what was searched for.
    """
    with _writing:
        visits, items, lost = memory.take()
        if lost:
            logger.warning("%d counts were dropped: too many different ones in a short time.", lost)
        try:
            items.update(items_of(visits, timezone.localdate()))
            visits = Counter()
            store(items)
        except UNAVAILABLE as error:
            memory.put_back(visits, items)
            logger.warning("Counts of use wait: %s", type(error).__name__)
        except Exception as error:
            logger.error("%d counts of use were dropped: %s", items.total(), type(error).__name__)
