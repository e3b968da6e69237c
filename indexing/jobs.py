"""Jobs of the index: records that follow a change of many, the daily check, shipping to the search server."""

import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from wagtail.models import Page

from core.jobs import Done, Next, job, loop
from core.jobs.registry import Pause
from indexing.consistency import check_engine, check_pages, keep_outcome, number_of_keys
from indexing.errors import EngineUnavailable
from indexing.models import Record
from indexing.records import keys_below_after, rebuild
from indexing.shipping import EVERY, LONGEST_PAUSE, ship_for_ever
from taxonomy.models import facet_and_code

logger = logging.getLogger(__name__)
# A step holds the writers' lock; the last record of it may take it beyond this, in seconds.
STEP = 0.05
KEYS_AT_ONCE = 50

Cursor = dict[str, Any] | None
NextKeys = Callable[[UUID | None, int], list[UUID]]


@job("indexing.rebuild_term")
def rebuild_term(cursor: Cursor, *, model: str, pk: int) -> Next | Done:
    """Rebuild the records that have the code of a term or tag, after it was renamed."""
    term = apps.get_model(model)._default_manager.filter(pk=pk).first()
    if term is None:
        return Done()  # whoever deleted it has rebuilt them
    records = Record.objects.live().with_code(*facet_and_code(term))
    return _rebuild_some(cursor, records.next_keys, records.count)


@job("indexing.rebuild_below")
def rebuild_below(cursor: Cursor, *, page: int) -> Next | Done:
    """The records of all practices below a page that was moved, got another address or another restriction."""
    top = Page.objects.filter(pk=page).first()
    if top is None:
        return Done()
    return _rebuild_some(
        cursor, lambda after, most: keys_below_after(top, after, most), top.get_descendants().count
    )


def _rebuild_some(cursor: Cursor, next_keys: NextKeys, count: Callable[[], int]) -> Next | Done:
    """As many as fit into a step, in the order of their keys; a record that is up to date costs only the look."""
    after = UUID(cursor["after"]) if cursor else None
    done, total = (cursor["done"], cursor["total"]) if cursor else (0, count())
    ends = time.monotonic() + STEP
    for key in next_keys(after, KEYS_AT_ONCE):
        rebuild(key)
        after, done = key, done + 1
        if time.monotonic() >= ends:
            break
    if after is None or (cursor and done == cursor["done"]):
        return Done(f"{done}")
    return Next({"after": str(after), "done": done, "total": total}, done, total)


@job("indexing.check", atomic=False, daily_at=4)
def check_step(cursor: Cursor) -> Next | Done:
    """Pages against records, some a step, then records against the search server; the report shows the outcome."""
    if cursor is None:
        cursor = {"after": None, "done": 0, "total": number_of_keys(), "lines": []}
    after, looked_at, lines = check_pages(cursor["after"] and UUID(cursor["after"]))
    if after is not None:
        done = cursor["done"] + looked_at
        more = {"after": str(after), "done": done, "lines": [*cursor["lines"], *lines]}
        return Next(cursor | more, done, max(done, cursor["total"]))
    try:
        lines = [*cursor["lines"], *check_engine()]
    except EngineUnavailable as away:
        return Done(str(away))
    keep_outcome(lines)
    if lines:
        logger.error("Pages, records and search server differ in %d places: see the report.", len(lines))
    return Done()


@loop("shipping")
def ship(pause: Pause) -> None:
    """Takes what is published to the search server, where there is one."""
    if settings.ELASTICSEARCH_URL:
        ship_for_ever(pause, every=EVERY, longest=LONGEST_PAUSE)
