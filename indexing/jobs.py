"""Jobs of the index: rebuild many records after one change, check daily, ship to the search server."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from wagtail.models import Page

from core.jobs import Done, Next, job, loop
from core.jobs.registry import Pause
from indexing.consistency import check_engine, check_pages, number_of_keys, store_check_result
from indexing.errors import EngineUnavailable
from indexing.models import Record
from indexing.records import next_descendant_keys, rebuild
from indexing.shipping import INTERVAL, LONGEST_PAUSE, run_shipping_loop
from taxonomy.models import facet_and_code

logger = logging.getLogger(__name__)
# Seconds. A step holds the lock of all writers; its last record may exceed this.
STEP = 0.05
KEYS_AT_ONCE = 50


Cursor = dict[str, Any] | None
NextKeys = Callable[[UUID | None, int], list[UUID]]


def has_outdated_terms() -> bool:
    return Record.objects.with_outdated_terms().exists()


@job("indexing.rebuild_term")
def rebuild_term(cursor: Cursor, *, model: str, pk: int) -> Next | Done:
    """Rebuild the records that have the code of a term or tag, after it was renamed."""
    term = apps.get_model(model)._default_manager.filter(pk=pk).first()
    if term is None:
        return Done()  # its deletion has rebuilt them
    records = Record.objects.live().with_code(*facet_and_code(term))
    return _rebuild_some(cursor, records.next_keys, records.count)


@job("indexing.rebuild_below")
def rebuild_below(cursor: Cursor, *, page: int) -> Next | Done:
    """Rebuild the records of all practices below a page whose path or access restriction has changed."""
    top = Page.objects.filter(pk=page).first()
    if top is None:
        return Done()
    return _rebuild_some(
        cursor, lambda after, most: next_descendant_keys(top, after, most), top.get_descendants().count
    )


def _rebuild_some(cursor: Cursor, next_keys: NextKeys, count: Callable[[], int]) -> Next | Done:
    """Rebuild as many records as fit into one step, in key order. Records that are up to date are not written."""
    after = UUID(cursor["after"]) if cursor else None
    done, total = (cursor["done"], cursor["total"]) if cursor else (0, count())
    deadline = time.monotonic() + STEP
    for key in next_keys(after, KEYS_AT_ONCE):
        rebuild(key)
        after, done = key, done + 1
        if time.monotonic() >= deadline:
            break
    if after is None or (cursor and done == cursor["done"]):
        return Done(f"{done}")
    return Next({"after": str(after), "done": done, "total": total}, done, total)


@job("indexing.reanalyse", every=timedelta(minutes=1), when=has_outdated_terms)
def reanalyse(cursor: Cursor) -> Next | Done:
    """Rebuild the records whose terms an earlier version of the analysis made."""
    outdated = Record.objects.with_outdated_terms()
    return _rebuild_some(cursor, outdated.next_keys, outdated.count)


@job("indexing.check", atomic=False, daily_at=4)
def check_step(cursor: Cursor) -> Next | Done:
    """Compare pages with records, some in each step, then records with the search server; store the result."""
    if cursor is None:
        cursor = {"after": None, "done": 0, "total": number_of_keys(), "lines": []}
    after, compared, lines = check_pages(cursor["after"] and UUID(cursor["after"]))
    if after is not None:
        done = cursor["done"] + compared
        progress = {"after": str(after), "done": done, "lines": [*cursor["lines"], *lines]}
        return Next(cursor | progress, done, max(done, cursor["total"]))
    try:
        lines = [*cursor["lines"], *check_engine()]
    except EngineUnavailable as error:
        return Done(str(error))
    store_check_result(lines)
    if lines:
        logger.error("Pages, records and search server differ in %d places: see the report.", len(lines))
    return Done()


@loop("shipping")
def ship(pause: Pause) -> None:
    """Ship changed records to the search server, if one is configured."""
    if settings.ELASTICSEARCH_URL:
        run_shipping_loop(pause, interval=INTERVAL, max_pause=LONGEST_PAUSE)
