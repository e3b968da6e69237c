"""Three nodes of which two are killed, one after the other, under load: first one that only keeps data, then the elected
master. Readers are answered all the while, and no published record is lost.

Of the nodes, only those that `ops/services up cluster` started are killed. With -s it prints its figures.
"""

import json
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager, suppress
from uuid import UUID

import pytest
from django.db import DatabaseError, connections

from core.leases import Lost
from core.searchable import SearchContent
from core.versions import next_version
from indexing.errors import EngineUnavailable
from indexing.index_drift import find_index_drift
from indexing.models import Record, SearchIndex
from indexing.rebuild import rebuild
from indexing.records import store
from indexing.shipping import backlog, ship
from search.engines import engine
from search.query import Query
from tests.factories import contents as made
from tests.search.nodes import MAX_WAIT, URLS, kill, master, node_records, seconds_until_green, start
from tests.support.serving import search_server
from tests.support.waiting import until

pytestmark = [pytest.mark.cluster, pytest.mark.django_db(transaction=True)]
AT_FIRST = 300
READERS = 2
QUESTIONS = ["", "q=school", "q=сеть&lang=ru", "country=KZ&theme=digital-skills"]
# Before, between and after the two kills, and with a node missing.
CALM, MISSING = 3.0, 8.0
WARM = 100


class Load:
    """Threads that publish, ship and ask until they are told to end, and what they saw."""

    def __init__(self, next_number: int) -> None:
        self.number = next_number
        self.queries, self.degraded = 0, 0
        self.slowest = 0.0
        self.failed_passes = 0
        self.errors: list[str] = []
        self._end = threading.Event()
        self._lock = threading.Lock()
        jobs = [self._publish, self._work, *[self._read] * READERS]
        self._threads = [threading.Thread(target=self._run, args=(job,)) for job in jobs]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(90)
            assert not thread.is_alive(), thread

    def _run(self, job: Callable[[], None]) -> None:
        """Again and again; a connection of the thread's own is closed at its end."""
        try:
            while not self._end.is_set():
                job()
        except BaseException:
            self.errors.append(traceback.format_exc())
        finally:
            connections.close_all()

    def _publish(self) -> None:
        publish(self.number)
        if self.number % 5 == 0:
            publish(self.number - 5)  # changed once more
        self.number += 1
        self._end.wait(0.05)

    def _work(self) -> None:
        try:
            ship()
        except (EngineUnavailable, Lost, DatabaseError):
            self.failed_passes += 1
        self._end.wait(0.3)

    def _read(self) -> None:
        for asked in QUESTIONS:
            parts = dict(part.split("=") for part in asked.split("&") if part)
            query = Query(q=parts.pop("q", ""), lang=parts.pop("lang", "en"), size=10)
            for facet, code in parts.items():
                query = query.with_values(facet, [code])
            started = time.monotonic()
            found = engine().search(query)
            # No record is ever taken away here, so every answer of either engine has at least the first ones.
            assert asked or found.total >= AT_FIRST, found.total
            with self._lock:
                self.queries += 1
                self.degraded += found.degraded
                self.slowest = max(self.slowest, time.monotonic() - started)
        self._end.wait(0.02)


def publish(number: int) -> None:
    """A practice in English and every third in Russian too, told from all others by its number."""
    key = UUID(int=number * 7919 + 1)
    facets = {name: [codes[number % len(codes)]] for name, codes in made.CODES.items()}
    contents = [
        SearchContent(
            key=key,
            kind="practice",
            language=language,
            title=" ".join(words[(number + place) % len(words)] for place in range(3)) + f" {number}",
            summary=" ".join(words[(number * 3 + place) % len(words)] for place in range(6)),
            url=f"/{language}/practices/x/{number}/",
            fields={"challenge": " ".join(words)},
            keywords=[],
            facets=facets,
            first_published=made.START,
            is_original=language == "en",
            year=int(facets["year"][0]),
        )
        for language, words in {"en": made.ENGLISH, "ru": made.RUSSIAN}.items()
        if language == "en" or number % 3 == 0
    ]
    store(key, contents, next_version())


@contextmanager
def watched_absence(figures: dict[str, float]):
    """How long this process' engine was away, all times together."""
    end, seconds = threading.Event(), 0.0

    def watch() -> None:
        nonlocal seconds
        last = time.monotonic()
        while not end.wait(0.01):
            now = time.monotonic()
            seconds += now - last if engine().is_unavailable else 0.0
            last = now

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
        figures["seconds away"] = round(seconds, 2)


def wait_for_the_engine() -> None:
    """Until it is warm: new nodes, and a machine that has just started them, are too slow for a reader at first."""
    queries = [Query(q=f"school {number}") for number in range(WARM)]
    until(lambda: not any(engine().search(query).degraded for query in queries), MAX_WAIT, pause=0.2)


def drain() -> None:
    """All that was published is sent."""

    def is_empty() -> bool:
        with suppress(EngineUnavailable):
            ship()
        return not backlog().records

    until(is_empty, MAX_WAIT, pause=0.2)


def drill(name: str, next_number: int) -> int:
    """Kill this node under load, start it again; tells what was seen and returns the next number."""
    figures: dict[str, float] = {}
    with Load(next_number) as load, watched_absence(figures):
        time.sleep(CALM)
        before = load.queries, load.degraded
        kill(name)
        time.sleep(MISSING)
        figures["questions with the node missing"] = load.queries - before[0]
        figures["of them answered by the database"] = load.degraded - before[1]
        start(name)
        figures["seconds until green, from the node's return"] = round(seconds_until_green(nodes=3), 1)
        time.sleep(CALM)
        wait_for_the_engine()
    assert not load.errors, "\n".join(load.errors)
    drain()
    figures |= {
        "questions": load.queries,
        "of them before the kill": before[0],
        "answers by the database": load.degraded,
        "of these before the kill": before[1],
        "slowest answer": round(load.slowest, 2),
        "passes of the worker that failed": load.failed_passes,
        "published": load.number - next_number,
        "records": Record.objects.count(),
    }
    print(f"\n{name} killed:", json.dumps(figures))
    nothing_is_lost()
    return load.number


def nothing_is_lost() -> None:
    """Every record is in the index as it is now, and is found."""
    index = SearchIndex.objects.get()
    drift = find_index_drift(index)
    wait_for_the_engine()
    assert not drift, drift
    found = engine().search(Query(size=1))
    assert (found.degraded, found.total) == (False, Record.objects.count())


@pytest.fixture
def three_nodes(monkeypatch):
    if not URLS:
        pytest.skip("No TEST_ELASTICSEARCH_CLUSTER; ops/services up cluster prints one.")
    # What is left of the indexes is removed through the same nodes.
    monkeypatch.setenv("TEST_ELASTICSEARCH_URL", URLS)
    with search_server(URLS, ELASTICSEARCH_SHARDS=3, ELASTICSEARCH_REPLICAS=1):
        yield node_records()


def test_neither_a_data_node_nor_the_master_is_missed(three_nodes):
    assert len(three_nodes) == 3
    for number in range(AT_FIRST):
        publish(number)
    rebuild(lambda _: None)
    print(f"\nfirst green after {seconds_until_green(nodes=3):.1f} s")
    wait_for_the_engine()
    data_node = min(set(three_nodes) - {master()})
    next_number = drill(data_node, AT_FIRST)
    drill(master(), next_number)
