"""Takes changed records to the search server. The record is the outbox: what has a later change than an index has come
to is waiting, and is read again when it is sent. Each is sent with its version, so any order and any repetition ends the same.
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
# Seconds between two passes, and the longest pause after failures.
EVERY, LONGEST_PAUSE = 0.5, 30.0
log = logging.getLogger(__name__)


@dataclass
class Shipped:
    """What one pass did."""

    records: int = 0
    refused: int = 0


def ship() -> Shipped | None:
    """One pass: bring every index up to now. None where nothing waits or another worker is at it.

    Raises EngineUnavailable.
    """
    if not any(map(something_waits, SearchIndex.objects.kept_current())):
        return None
    with lease(JOB) as held:
        if held is None:
            return None
        shipped = Shipped()
        for index in SearchIndex.objects.kept_current():
            if indexes.stored_fingerprint(index.name) is None:
                raise EngineUnavailable(f"{index.name} is gone from the server: run search_rebuild")
            bring_up_to_date(index, held, shipped)
        if shipped.records:
            tell(JobStatus.Kind.SHIPPED, str(shipped.records))
        return shipped


def bring_up_to_date(index: SearchIndex, held: Held, shipped: Shipped) -> None:
    """Send what has changed since the last pass, oldest first, until nothing waits. Raises EngineUnavailable, Lost."""
    while batch := waiting(index):
        refused = documents.send(index.name, batch)
        indexes.refresh(index.name)
        has_come_to(index, batch[-1].change)
        shipped.records += len(batch)
        shipped.refused += len(refused)
        tell_refused(refused)
        held.renew()


def something_waits(index: SearchIndex) -> bool:
    return Record.objects.changed_since(index.shipped).exists()


def waiting(index: SearchIndex) -> list[Record]:
    """The next records to be sent: a batch by their changes, and all that share the last one's change."""
    changed = Record.objects.changed_since(index.shipped)
    batch = list(changed[:BATCH])
    if len(batch) == BATCH:
        last = batch[-1].change
        batch = list(changed.filter(change__lte=last))
    return batch


def has_come_to(index: SearchIndex, change: int) -> None:
    """All changes up to this one can be found in the index. Never backwards, whoever comes late."""
    index.shipped = max(index.shipped, change)
    SearchIndex.objects.filter(pk=index.pk, shipped__lt=change).update(shipped=change)


def tell(kind: JobStatus.Kind, text: str) -> None:
    """Keep it for the secretariat's report."""
    JobStatus.objects.update_or_create(kind=kind, defaults={"at": timezone.now(), "text": text})


def tell_refused(refused: list[Refusal]) -> None:
    """A record that the server will never take must not hold up the others; `search_check` goes on naming it."""
    for one in refused:
        log.error("%s refused: %s", one.key, one.reason)
        tell(JobStatus.Kind.ERROR, f"{one.key}: {one.reason}")


@dataclass(frozen=True)
class Waiting:
    """How many changed records the live index does not have yet, and since when the oldest waits."""

    records: int
    since: datetime | None


def backlog() -> Waiting:
    index = SearchIndex.objects.live().first()
    changed = Record.objects.changed_since(index.shipped if index else 0)
    oldest = changed.values_list("change", flat=True).first()
    # A content version is at least the clock's microsecond at which it was given.
    return Waiting(changed.count(), datetime.fromtimestamp(oldest / 1_000_000, UTC) if oldest else None)


def ship_for_ever(pause: Callable[[float], bool], *, every: float, longest: float) -> None:
    """Passes until `pause(seconds)` says to end; after a failure with growing pauses."""
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
        except (EngineUnavailable, Lost, Error) as failure:
            failures += 1
            log.warning("not shipped, attempt %d: %s", failures, failure)
            close_old_connections()
            with suppress(Error):
                tell(JobStatus.Kind.ERROR, str(failure))
        if pause(min(every * 2 ** min(failures, 20), longest)):
            return
