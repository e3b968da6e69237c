"""The embedded engine: full text from the database, facets from bitmaps in memory. The default, on SQLite and PostgreSQL."""

import threading
from collections.abc import Iterator
from functools import reduce
from heapq import nsmallest
from itertools import compress, islice
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Collate

from core.versions import current_version
from indexing.analysis import TextQuery, parse_text
from indexing.models import Record
from search.engines.base import Found
from search.engines.bitmaps import FacetBitmaps, mask
from search.engines.fulltext import Scores, full_text
from search.query import Query

# What makes two practices alike, dearest first; the tiers of `related` are its beginnings.
LIKENESS = ("theme", "beneficiary", "tag", "type", "sdg")
MANY_CHANGES = 500
FEW = 2_000


class Snapshot:
    """All live records at one content version: bitmaps, and the places in each order, made when first asked for."""

    def __init__(self, version: int = 0) -> None:
        self.version = version
        self.bitmaps = FacetBitmaps()
        self.orders: dict[str, tuple[list[int], list[int]]] = {}
        self.stored_counts: dict[str, dict[str, int]] | None = None

    def refreshed(self) -> "Snapshot":
        """The snapshot of now: this one where nothing has changed (a look at one number), else a new one.

        Never changed in place: other threads may be counting on it.
        """
        version = current_version()  # before the records: whoever sees a number sees all changes up to it
        if self.version and version == self.version:
            return self
        now = Snapshot(version)
        columns = ("id", "key", "removed", "facets")
        changed = list(Record.objects.changed_since(self.version).values_list(*columns)[: MANY_CHANGES + 1])
        if not self.version or version < self.version or len(changed) > MANY_CHANGES:
            now.bitmaps.load(Record.objects.values_list(*columns).iterator())
        elif changed:
            now.bitmaps = self.bitmaps.changed(changed)
        else:
            now.bitmaps, now.orders, now.stored_counts = self.bitmaps, self.orders, self.stored_counts
        return now

    def order(self, query: Query) -> tuple[list[int], list[int]]:
        """The places in the query's order, and each place's position in it."""
        name = f"title_{query.lang}" if query.order == "title" else query.order
        if name not in self.orders:
            # Without those that have come since.
            places = [place for place in _in_order(name) if place < self.bitmaps.places]
            positions = [0] * self.bitmaps.places
            for position, place in enumerate(places):
                positions[place] = position
            self.orders[name] = places, positions
        return self.orders[name]

    def first(self, query: Query, found: int, last: int) -> list[int]:
        """The first `last` of the found in the query's order."""
        in_order, positions = self.order(query)
        if found.bit_count() <= FEW:
            return nsmallest(last, self.bitmaps.to_places(found), key=positions.__getitem__)
        picked = mask(found).ljust(self.bitmaps.places, b"\x00")
        return list(islice(compress(in_order, map(picked.__getitem__, in_order)), last))


class DatabaseEngine:
    name = "database"
    is_unavailable = False
    outages = 0

    def __init__(self) -> None:
        self._snapshot = Snapshot()
        self._lock = threading.Lock()

    def state(self) -> str:
        return ""

    def prepare(self) -> None:
        self._current()

    def search(self, query: Query) -> Found:
        snapshot, text_query = self._current(), parse_text(query.q)
        bitmaps = snapshot.bitmaps
        filters = bitmaps.filters(query)
        base, scores = self._found_by_text(bitmaps, filters, text_query, query.order)
        found = bitmaps.narrow(base, filters)
        if not text_query and not filters:
            if snapshot.stored_counts is None:
                snapshot.stored_counts = bitmaps.counts(base, filters, query)
            counts = snapshot.stored_counts
        else:
            counts = bitmaps.counts(base, filters, query)
        total = found.bit_count()
        places: list[int] = []
        if query.offset < total:
            last = min(query.offset + query.size, total)
            first = _best(scores, bitmaps, last) if scores else snapshot.first(query, found, last)
            places = first[query.offset :]
        return Found(bitmaps.to_keys(places), total, counts, self.name)

    def walk(self, query: Query) -> Iterator[UUID]:
        snapshot, text_query = self._current(), parse_text(query.q)
        bitmaps = snapshot.bitmaps
        filters = bitmaps.filters(query)
        base, scores = self._found_by_text(bitmaps, filters, text_query, query.order)
        found = bitmaps.narrow(base, filters)
        total = found.bit_count()
        places = _best(scores, bitmaps, total) if scores and total else snapshot.first(query, found, total)
        return (UUID(bytes=bitmaps.key(place)) for place in places)

    def size(self, query: Query) -> int:
        bitmaps = self._current().bitmaps
        return bitmaps.narrow(self._base(bitmaps, parse_text(query.q)), bitmaps.filters(query)).bit_count()

    def suggest(self, beginnings: list[str], limit: int) -> list[UUID]:
        return self._current().bitmaps.to_keys(full_text().beginning(beginnings, limit)) if beginnings else []

    def related(self, key: UUID, limit: int) -> list[tuple[UUID, dict[str, list[str]]]]:
        bitmaps = self._current().bitmaps
        place = Record.objects.by_key([key]).values_list("id", flat=True).first()
        if place is None or not bitmaps.everything >> place & 1:
            return []
        codes = bitmaps.codes_of(place)
        sharing = {facet: [bitmaps.by_code[facet][code] for code in codes[facet]] for facet in LIKENESS}
        scores: dict[int, int] = {}
        for candidate in self._candidates(bitmaps, place, sharing, limit * 10):
            bit = 1 << candidate
            scores[candidate] = sum(
                (len(LIKENESS) - weight) * sum(1 for bitmap in sharing[facet] if bitmap & bit)
                for weight, facet in enumerate(LIKENESS)
            )
        best = nsmallest(limit, scores, key=lambda candidate: (-scores[candidate], bitmaps.key(candidate)))
        shared = {
            p: {f: sorted(c for c in codes[f] if bitmaps.by_code[f][c] >> p & 1) for f in LIKENESS}
            for p in best
        }
        return list(zip(bitmaps.to_keys(best), (shared[p] for p in best), strict=True))

    @staticmethod
    def _candidates(bitmaps: FacetBitmaps, place: int, sharing: dict[str, list[int]], most: int) -> list[int]:
        """Records that share a theme, those that share more first, never more than are worth scoring."""
        others = bitmaps.everything & ~(1 << place)
        theme, beneficiary, tag = (
            reduce(or_, sharing[facet], 0) & others for facet in ("theme", "beneficiary", "tag")
        )
        found: dict[int, None] = {}
        for tier in (theme & beneficiary & tag, theme & beneficiary, theme, tag):
            found.update(dict.fromkeys(islice(bitmaps.to_places(tier), most)))
            if len(found) >= most:
                break
        return list(found)

    def _current(self) -> Snapshot:
        """The snapshot of now. Inside a transaction one of its own, forgotten after: what it shows may yet be undone."""
        if connection.in_atomic_block:
            return Snapshot().refreshed()
        with self._lock:
            self._snapshot = self._snapshot.refreshed()
            return self._snapshot

    @classmethod
    def _found_by_text(
        cls, bitmaps: FacetBitmaps, filters: dict[str, int], text_query: TextQuery, order: str
    ) -> tuple[int, Scores]:
        """The live records that the text finds, and their scores where it orders them: then only of those that pass the
        filters."""
        if not (text_query.required and order == "relevance"):
            return cls._base(bitmaps, text_query), {}
        base = cls._without(bitmaps, text_query)
        scores = full_text().scores(text_query, bitmaps.narrow(base, filters))
        return base & bitmaps.from_places(scores), scores

    @classmethod
    def _base(cls, bitmaps: FacetBitmaps, text_query: TextQuery) -> int:
        """The live records that the text alone finds."""
        base = cls._without(bitmaps, text_query)
        return base & bitmaps.from_places(full_text().matching(text_query)) if text_query.required else base

    @staticmethod
    def _without(bitmaps: FacetBitmaps, text_query: TextQuery) -> int:
        """The live records that have nothing of what the text excludes."""
        base = bitmaps.everything
        for phrase in text_query.excluded:
            base &= ~bitmaps.from_places(full_text().matching(TextQuery(required=(phrase,))))
        return base


def _best(scores: Scores, bitmaps: FacetBitmaps, last: int) -> list[int]:
    """The `last` places with the lowest scores, ties by key."""
    scored = [(score, place) for place, score in scores.items() if score is not None]
    highest = nsmallest(last, (score for score, _ in scored))[-1]
    best = [(score, bitmaps.key(place), place) for score, place in scored if score <= highest]
    return [place for *_, place in sorted(best)[:last]]


def _in_order(name: str) -> list[int]:
    """The ids of live records in one order; every tie by key. Titles by code point, alike in both databases."""
    binary = "BINARY" if connection.vendor == "sqlite" else "C"
    orders: dict[str, list[Any]] = {
        "year": [F("year").desc(nulls_last=True)],
        "title_en": [Collate("title_key_en", binary)],
        "title_ru": [Collate("title_key_ru", binary)],
    }
    columns = orders.get(name, [F("first_published").desc(nulls_last=True)])
    return list(Record.objects.live().order_by(*columns, "key").values_list("id", flat=True))
