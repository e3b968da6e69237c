"""Measure the first query after a change and after the start of a process. Reported without a target."""

import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from core.versions import next_version
from indexing.records import store
from search.engines.database import DatabaseEngine
from search.query import Query
from search.results import results_for
from tools.bench.corpus import Corpus
from tools.bench.queries import Queries

CHANGES = 5


def first_after_a_change(queries: Queries, size: int) -> Iterator[str]:
    """Yield a line for each measurement. One practice is changed and finally restored."""
    yield f"first of a process: {_milliseconds(DatabaseEngine().search, queries.two_words[0]):.0f} ms in the engine"
    corpus = Corpus(size)
    practice = corpus.practice(size // 2)
    for name, query in (("two words", queries.two_words[0]), ("filters alone", queries.filters_alone[0])):
        times = []
        for number in range(CHANGES):
            changed_contents = [
                replace(content, summary=f"{content.summary} {number}") for content in practice
            ]
            store(practice[0].key, changed_contents, next_version())
            times.append(_milliseconds(results_for, query))
        yield f"first after a change, {name}: {median(times):.1f} ms"
    store(practice[0].key, practice, next_version())


def _milliseconds(ask: object, query: Query) -> float:
    start = time.perf_counter()
    ask(query)  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000
