"""A new index from the records: filled by key, brought up to now, counted, then it answers by one move of the alias.

May be killed at any line: the next run goes on where the rows of SearchIndex say this one was. Readers are answered by
the old index until the move, and by the new one after it.
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
from indexing.index_drift import compared
from indexing.models import Record, SearchIndex
from indexing.shipping import JOB as SHIPPING
from indexing.shipping import Shipped, bring_up_to_date, tell_refused

JOB = "rebuild"
# A pass of a worker takes less than a second; one that was killed elsewhere leaves its lease for half a minute.
LONGEST_WAIT, A_MOMENT = 60.0, 0.1
# The server works on several requests at once, and meanwhile the next ones are made.
THREADS = 2
Say = Callable[[str], None]
Stage = SearchIndex.Stage


class Refused(Exception):
    """The rebuild cannot be done now; the reason is its text."""


def rebuild(say: Say) -> None:
    """Raises Refused, EngineUnavailable, Lost; whatever is raised, readers go on with the index they have."""
    with lease(JOB) as held:
        if held is None:
            raise Refused("another process is rebuilding")
        index = _unfinished() or _begin()
        if index.stage == Stage.FILLING:
            _fill(index, held, say)
            held.renew()
            indexes.merge(index.name)
        _let_answer(index, say)
        _remove_others(index)
        say(f"{index.name} answers.")


def is_needed() -> bool:
    """Whether no index answers that this code can ask and this database ships to (a restored one may know of none).
    Raises EngineUnavailable."""
    live = SearchIndex.objects.live().values_list("name", flat=True).first()
    return (
        live is None
        or indexes.aliased_indexes() != [live]
        or indexes.stored_fingerprint(live) != fingerprint()
    )


def _unfinished() -> SearchIndex | None:
    """What an earlier run has begun, where it is still of use."""
    for index in SearchIndex.objects.exclude(stage=Stage.LIVE):
        if index.fingerprint == fingerprint() == indexes.stored_fingerprint(index.name):
            return index
        index.delete()
    return None


def _begin() -> SearchIndex:
    name = f"{settings.ELASTICSEARCH_INDEX}-{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    # Before the first record is read: what changes from now on is sent once more when all are in.
    version = current_version()
    index = SearchIndex.objects.create(name=name, fingerprint=fingerprint(), shipped=version)
    indexes.create(name)
    return index


def _fill(index: SearchIndex, held: Held, say: Say) -> None:
    """Records are read here and sent by threads, so that the server works while the next ones are made; never more than
    a few batches at once are in memory."""
    total, sent = Record.objects.count(), 0
    say(f"Filling {index.name} with {total:,} records ...")
    under_way: deque[tuple[list[Record], Future[list[Refusal]]]] = deque()
    with ThreadPoolExecutor(THREADS) as threads:
        after = index.filled_to
        while batch := Record.objects.next_by_key(after, BATCH):
            after = batch[-1].key
            under_way.append((batch, threads.submit(documents.send, index.name, batch)))
            if len(under_way) > THREADS:
                sent += _has_arrived(index, *under_way.popleft())
                held.renew()
                say(f"{sent:,} of {total:,}")
        while under_way:
            sent += _has_arrived(index, *under_way.popleft())
    say(f"{sent:,} of {total:,}")


def _has_arrived(index: SearchIndex, batch: list[Record], sending: "Future[list[Refusal]]") -> int:
    """Wait for the oldest batch and note how far all have arrived; how many records it had. Raises EngineUnavailable."""
    tell_refused(sending.result())
    index.filled_to = batch[-1].key
    index.save(update_fields=["filled_to"])
    return len(batch)


def _let_answer(index: SearchIndex, say: Say) -> None:
    """Under the workers' lease, so that none ships to the old index alone from now on."""
    with _lease_of_the_workers() as held:
        before = Record.objects.count()
        bring_up_to_date(index, held, Shipped())
        indexes.refresh(index.name)
        _count(index, before, say)
        index.stage = Stage.NEXT
        index.save(update_fields=["stage"])
        indexes.switch_alias(index.name)
        with transaction.atomic():
            SearchIndex.objects.exclude(pk=index.pk).delete()
            index.stage = Stage.LIVE
            index.save(update_fields=["stage"])


def _count(index: SearchIndex, least: int, say: Say) -> None:
    """Every record must be there; what is not is sent once more, and may only be missing where the server refuses it."""
    if documents.count(index.name) >= least:
        return
    missing = compared(index).missing
    say(f"Sending {len(missing)} once more.")
    refused = documents.send(index.name, Record.objects.filter(key__in=missing))
    indexes.refresh(index.name)
    tell_refused(refused)
    if (there := documents.count(index.name)) + len(refused) < least:
        raise Refused(f"{index.name} has {there:,} of {least:,} records")


@contextmanager
def _lease_of_the_workers() -> Iterator[Held]:
    for _ in range(int(LONGEST_WAIT / A_MOMENT)):
        with lease(SHIPPING) as held:
            if held is not None:
                yield held
                return
        time.sleep(A_MOMENT)
    raise Refused("a worker holds its lease")


def _remove_others(index: SearchIndex) -> None:
    for name in indexes.list_indexes():
        if name != index.name:
            indexes.remove(name)
