"""`bench_shipping verdicts.json`: a rebuild against a bulk load from memory, and how soon a publish can be found."""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from django.core.management import BaseCommand
from elasticsearch.helpers import bulk

from core.versions import next_version
from indexing import documents, indexes, server
from indexing.models import Record
from indexing.rebuild import rebuild
from indexing.records import store
from search.engines.elastic import ElasticEngine
from search.query import Query
from tools.bench.corpus import Corpus
from tools.bench.databases import ROOT
from tools.bench.loading import corpus_hash
from tools.bench.targets import Verdict, save_verdicts

PAIRS = 5
PUBLISHED = 100
FROM_MEMORY = "bench-memory"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        size = Record.objects.count()
        self.say(f"\n{size:,} practices shipped", f"corpus    {corpus_hash()}")
        in_memory = [(record.key, documents.document(record)) for record in Record.objects.iterator(500)]
        ratios = []
        for _ in range(PAIRS):
            loaded, rebuilt = seconds(load, in_memory), seconds(rebuild, lambda _: None)
            self.say(f"from memory {size / loaded:,.0f} documents a second, rebuild {size / rebuilt:,.0f}")
            ratios.append(loaded / rebuilt)
        indexes.remove(FROM_MEMORY)
        waits = seconds_until_searchable(Corpus(size), size)
        late = sum(wait > 2 for wait in waits)
        self.say(f"found after {median(waits):.2f} s (median), {sorted(waits)[94]:.2f} s (95 of 100)")
        save_verdicts(
            [
                Verdict(
                    "rebuild to a load from memory, documents a second", median(ratios), 0.85, at_least=True
                ),
                Verdict("of 100 publishes found within 2 s", PUBLISHED - late, 95, at_least=True),
            ],
            verdicts,
        )

    def say(self, *lines: object) -> None:
        self.stdout.write("\n".join(map(str, lines)))


def load(in_memory: list[Any]) -> None:
    indexes.remove(FROM_MEMORY)
    indexes.create(FROM_MEMORY)
    bulk(
        server.client(),
        ({"_index": FROM_MEMORY, "_id": str(key), "_source": document} for key, document in in_memory),
        chunk_size=documents.BATCH,
    )
    indexes.refresh(FROM_MEMORY)


def seconds_until_searchable(corpus: Corpus, size: int) -> list[float]:
    """Seconds from the commit of each change until the engine finds it, with a worker of its own running."""
    worker = subprocess.Popen([sys.executable, "manage.py", "search_ship"], cwd=ROOT, env=os.environ)
    engine, waits = ElasticEngine(), []
    try:
        for number in range(PUBLISHED + 1):
            practice = corpus.practice(number * size // (PUBLISHED + 1))
            word = f"findable{number}at{time.time_ns()}"
            store(
                practice[0].key, [replace(c, summary=f"{c.summary} {word}") for c in practice], next_version()
            )
            begun = time.monotonic()
            while not engine.size(Query(q=word)):
                time.sleep(0.01)
            waits.append(time.monotonic() - begun)
    finally:
        worker.terminate()
        worker.wait()
    return waits[1:]  # the first waits for the worker to start


def seconds(do: Any, *arguments: object) -> float:
    begun = time.monotonic()
    do(*arguments)
    return time.monotonic() - begun
