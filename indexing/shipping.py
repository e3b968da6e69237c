"""Ship changed records to the search server.

The record table is the outbox: records with a later change than the position of an index (`SearchIndex.shipped`) are
pending, and are read again when they are sent. Each is sent with its version, so the result depends neither on the order
nor on repetitions.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import Error, close_old_connections
from django.utils import timezone

from core.leases import Held, Lost, lease
from indexing import documents, indexes
from indexing.documents import BATCH, Refusal
from indexing.errors import EngineUnavailable
from indexing.models import JobStatus, Record, SearchIndex

JOB = "ship"
# Seconds: the pause between two passes, and the longest pause after failures.
INTERVAL, LONGEST_PAUSE = 0.5, 30.0
log = logging.getLogger(__name__)


@dataclass
class ShippingResult:
    """Number of records sent and refused in one pass."""

    records: int = 0
    refused: int = 0


def ship() -> ShippingResult | None:
    """Send all pending records to every index. Return None if none is pending or another worker is shipping.

    Raises EngineUnavailable.
    """
    if not any(map(has_pending_records, SearchIndex.objects.receiving_changes())):
        return None
    with lease(JOB) as held:
        if held is None:
            return None
        shipped = ShippingResult()
        for index in SearchIndex.objects.receiving_changes():
            if indexes.stored_fingerprint(index.name) is None:
                raise EngineUnavailable(f"{index.name} is gone from the server: run search_rebuild")
            bring_up_to_date(index, held, shipped)
        if shipped.records:
            record_job_status(JobStatus.Kind.SHIPPED, str(shipped.records))
        return shipped


def bring_up_to_date(index: SearchIndex, held: Held, shipped: ShippingResult) -> None:
    """Send the pending records, the oldest change first, until none is left. Raises EngineUnavailable, Lost."""
    while batch := next_batch(index):
        refused = documents.send(index.name, batch)
        indexes.refresh(index.name)
        advance_position(index, batch[-1].change)
        shipped.records += len(batch)
        shipped.refused += len(refused)
        report_refused_records(refused)
        held.renew()


def has_pending_records(index: SearchIndex) -> bool:
    return Record.objects.changed_since(index.shipped).exists()


def next_batch(index: SearchIndex) -> list[Record]:
    """Return the next records to send: a batch in the order of changes, complete for its last change."""
    changed = Record.objects.changed_since(index.shipped)
    batch = list(changed[:BATCH])
    if len(batch) == BATCH:
        last = batch[-1].change
        batch = list(changed.filter(change__lte=last))
    return batch


def advance_position(index: SearchIndex, change: int) -> None:
    """Save that all changes up to `change` can be found in the index. The position never moves backwards."""
    index.shipped = max(index.shipped, change)
    SearchIndex.objects.filter(pk=index.pk, shipped__lt=change).update(shipped=change)


def record_job_status(kind: JobStatus.Kind, text: str) -> None:
    """Store the status for the admin's report."""
    JobStatus.objects.update_or_create(kind=kind, defaults={"at": timezone.now(), "text": text})


def report_refused_records(refused: list[Refusal]) -> None:
    """Log records that the server refuses for good. They do not block the others; `search_check` goes on listing them."""
    for refusal in refused:
        log.error("%s refused: %s", refusal.key, refusal.reason)
        record_job_status(JobStatus.Kind.ERROR, f"{refusal.key}: {refusal.reason}")


@dataclass(frozen=True)
class Backlog:
    """The number of pending records of the live index, and the time of the oldest change."""

    records: int
    since: datetime | None


def backlog() -> Backlog:
    index = SearchIndex.objects.live().first()
    changed = Record.objects.changed_since(index.shipped if index else 0)
    oldest = changed.values_list("change", flat=True).first()
    # A content version is about the time of the change in microseconds (never less).
    return Backlog(changed.count(), datetime.fromtimestamp(oldest / 1_000_000, UTC) if oldest else None)


def run_shipping_loop(pause: Callable[[float], bool], *, interval: float, max_pause: float) -> None:
    """Ship until `pause(seconds)` returns True; pauses grow after failures."""
    failures = 0
    while True:
        try:
            shipped = ship()
            if failures:
                log.info("The search server is back.")
            failures = 0
            if shipped and shipped.records:
                log.info(
                    "shipped=%d refused=%d waiting=%d", shipped.records, shipped.refused, backlog().records
                )
        except (EngineUnavailable, Lost, Error) as error:
            failures += 1
            log.warning("not shipped, attempt %d: %s", failures, error)
            close_old_connections()
            with suppress(Error):
                record_job_status(JobStatus.Kind.ERROR, str(error))
        if pause(min(interval * 2 ** min(failures, 20), max_pause)):
            return
