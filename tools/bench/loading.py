"""Fills a database with the corpus: records, vocabularies and tags; for a small one the stock model too."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from taggit.models import Tag

from core.searchable import SearchContent
from core.versions import next_version
from indexing.models import Record
from indexing.records import populate_record
from taxonomy.loading import load_vocabularies
from tools.bench.corpus import Corpus

BATCH = 500


def load(size: int) -> str:
    """Make and fill the tables of the connected database; goes on where it was interrupted. Returns the corpus's hash."""
    load_vocabularies()
    corpus = Corpus(size)
    Tag.objects.bulk_create(
        (Tag(slug=slug, name=name) for slug, name in corpus.tags.items()), ignore_conflicts=True
    )
    digest = hashlib.sha256()
    there = Record.objects.count()
    for number, practices in enumerate(batches(corpus)):
        for practice in practices:
            digest.update(as_bytes(practice))
        if number * BATCH >= there:
            with transaction.atomic():
                change = next_version()
                Record.objects.bulk_create(_record(practice, change) for practice in practices)
    return digest.hexdigest()


def as_bytes(practice: list[SearchContent]) -> bytes:
    """What of a practice goes into the hash: everything."""
    return json.dumps(
        [vars(content) for content in practice], ensure_ascii=False, sort_keys=True, default=str
    ).encode()


def batches(rows: Iterable[object]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _record(practice: list[SearchContent], change: int) -> Record:
    record = Record(key=practice[0].key, version=1, change=change)
    populate_record(record, practice)
    return record


def analyse() -> None:
    """The statistics that a planner needs; on PostgreSQL the index's pending list is merged, as it would be by night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def mark_as_loaded(digest: str) -> None:
    """Say that the database is complete."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_loaded (corpus varchar(64))")
        cursor.execute("INSERT INTO bench_loaded VALUES (%s)", [digest])


def corpus_hash() -> str | None:
    """The hash of the corpus that is in the database, None where it is not complete."""
    if "bench_loaded" not in connection.introspection.table_names():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT corpus FROM bench_loaded")
        return str(cursor.fetchone()[0])
