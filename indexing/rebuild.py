"""Rebuild the search index: fill a new one by key, ship later changes, count it, then move the alias to it.

The process may be killed at any line: the next run continues from the state in the rows of SearchIndex. The old index
answers until the alias is moved, the new one after that.
"""

import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.leases import Held, lease
from core.versions import current_version
from indexing import documents, indexes
from indexing.documents import BATCH, Refusal, fingerprint
from indexing.index_drift import find_index_drift
from indexing.models import Record, SearchIndex
from indexing.shipping import JOB as SHIPPING
from indexing.shipping import ShippingResult, bring_up_to_date, report_refused_records

JOB = "rebuild"
# Seconds. A worker's pass takes less than one; the lease of a killed worker expires after half a minute.
MAX_WAIT, RETRY_INTERVAL = 60.0, 0.1
# The server handles several requests at once while the next batches are prepared.
THREADS = 2
ReportProgress = Callable[[str], None]
Stage = SearchIndex.Stage


class Refused(Exception):
    """The rebuild cannot be done now; the message is the reason."""


def rebuild(report: ReportProgress) -> None:
    """Build a new index and let it answer.

    Raises Refused, EngineUnavailable, Lost; after any error the old index goes on answering.
    """
    with lease(JOB) as held:
        if held is None:
            raise Refused("another process is rebuilding")
        index = _unfinished() or _begin()
        if index.stage == Stage.FILLING:
            _fill(index, held, report)
            held.renew()
            indexes.merge(index.name)
        _activate_index(index, report)
        _remove_other_indexes(index)
        report(f"{index.name} answers.")


def is_needed() -> bool:
    """Return whether there is no live index with the current mapping that this database ships to.

    A restored database may not know the index behind the alias. Raises EngineUnavailable.
    """
    live = SearchIndex.objects.live().values_list("name", flat=True).first()
    return (
        live is None
        or indexes.aliased_indexes() != [live]
        or indexes.stored_fingerprint(live) != fingerprint()
    )


def _unfinished() -> SearchIndex | None:
    """Return the unfinished index of an earlier run if its mapping is current; delete the rows of others."""
    for index in SearchIndex.objects.exclude(stage=Stage.LIVE):
        if index.fingerprint == fingerprint() == indexes.stored_fingerprint(index.name):
            return index
        index.delete()
    return None


def _begin() -> SearchIndex:
    name = f"{settings.ELASTICSEARCH_INDEX}-{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    # Read before the first record: changes after this version are shipped once the index is filled.
    version = current_version()
    index = SearchIndex.objects.create(name=name, fingerprint=fingerprint(), shipped=version)
    indexes.create(name)
    return index


def _fill(index: SearchIndex, held: Held, report: ReportProgress) -> None:
    """Send all records that are not in the index yet.

    This thread reads records and others send them, so that the server works meanwhile. At most THREADS + 1 batches are
    in memory.
    """
    total, sent = Record.objects.count(), 0
    report(f"Filling {index.name} with {total:,} records ...")
    pending: deque[tuple[list[Record], Future[list[Refusal]]]] = deque()
    with ThreadPoolExecutor(THREADS) as threads:
        after = index.filled_to
        while batch := Record.objects.next_by_key(after, BATCH):
            after = batch[-1].key
            pending.append((batch, threads.submit(documents.send, index.name, batch)))
            if len(pending) > THREADS:
                sent += _wait_for_batch(index, *pending.popleft())
                held.renew()
                report(f"{sent:,} of {total:,}")
        while pending:
            sent += _wait_for_batch(index, *pending.popleft())
    report(f"{sent:,} of {total:,}")


def _wait_for_batch(index: SearchIndex, batch: list[Record], future: "Future[list[Refusal]]") -> int:
    """Wait for the oldest batch, save how far the index is filled, and return its size. Raises EngineUnavailable."""
    report_refused_records(future.result())
    index.filled_to = batch[-1].key
    index.save(update_fields=["filled_to"])
    return len(batch)


def _activate_index(index: SearchIndex, report: ReportProgress) -> None:
    """Ship the last changes, check the count, and move the alias to the index.

    This holds the workers' lease, so that from now on no worker ships to the old index only.
    """
    with _shipping_lease() as held:
        before = Record.objects.count()
        bring_up_to_date(index, held, ShippingResult())
        indexes.refresh(index.name)
        _count(index, before, report)
        index.stage = Stage.NEXT
        index.save(update_fields=["stage"])
        indexes.switch_alias(index.name)
        with transaction.atomic():
            SearchIndex.objects.exclude(pk=index.pk).delete()
            index.stage = Stage.LIVE
            index.save(update_fields=["stage"])


def _count(index: SearchIndex, expected: int, report: ReportProgress) -> None:
    """Check that the index has all records. Missing ones are sent once more; only refused records may be missing."""
    if documents.count(index.name) >= expected:
        return
    missing = find_index_drift(index).missing
    report(f"Sending {len(missing)} once more.")
    refused = documents.send(index.name, Record.objects.filter(key__in=missing))
    indexes.refresh(index.name)
    report_refused_records(refused)
    if (number := documents.count(index.name)) + len(refused) < expected:
        raise Refused(f"{index.name} has {number:,} of {expected:,} records")


@contextmanager
def _shipping_lease() -> Iterator[Held]:
    for _ in range(int(MAX_WAIT / RETRY_INTERVAL)):
        with lease(SHIPPING) as held:
            if held is not None:
                yield held
                return
        time.sleep(RETRY_INTERVAL)
    raise Refused("a worker holds its lease")


def _remove_other_indexes(index: SearchIndex) -> None:
    for name in indexes.list_indexes():
        if name != index.name:
            indexes.remove(name)
