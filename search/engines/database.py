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
from indexing.analysis.text_query import TextQuery
from indexing.models import Record
from search.engines.base import ResultPage
from search.engines.bitmaps import FacetBitmaps, mask
from search.engines.fulltext import Scores, full_text
from search.query import Query
from search.text_queries import text_query_of

# The facets that make two practices similar, the most important first.
LIKENESS = ("theme", "beneficiary", "tag", "type", "sdg")
MANY_CHANGES = 500
FEW = 2_000


class Snapshot:
    """All live records at one content version: bitmaps, and the places in each order, computed when first needed."""

    def __init__(self, version: int = 0) -> None:
        self.version = version
        self.bitmaps = FacetBitmaps()
        self.orders: dict[str, tuple[list[int], list[int]]] = {}
        self.stored_counts: dict[str, dict[str, int]] | None = None

    def refresh(self) -> "Snapshot":
        """Return a snapshot of the current content version: this one if nothing has changed, else a new one.

        A snapshot is never changed in place, because other threads may be reading it.
        """
        # Read before the records, which then contain all changes up to this version.
        version = current_version()
        if self.version and version == self.version:
            return self
        now = Snapshot(version)
        columns = ("id", "key", "removed", "facets")
        changed_rows = list(
            Record.objects.changed_since(self.version).values_list(*columns)[: MANY_CHANGES + 1]
        )
        if not self.version or version < self.version or len(changed_rows) > MANY_CHANGES:
            now.bitmaps.load(Record.objects.values_list(*columns).iterator())
        elif changed_rows:
            now.bitmaps = self.bitmaps.with_changes(changed_rows)
        else:
            now.bitmaps, now.orders, now.stored_counts = self.bitmaps, self.orders, self.stored_counts
        return now

    def order(self, query: Query) -> tuple[list[int], list[int]]:
        """Return the places in the query's order, and a list of each place's position in that order."""
        name = f"title_{query.lang}" if query.order == "title" else query.order
        if name not in self.orders:
            # Without records that were added after this snapshot.
            places = [place for place in _in_order(name) if place < self.bitmaps.places]
            positions = [0] * self.bitmaps.places
            for position, place in enumerate(places):
                positions[place] = position
            self.orders[name] = places, positions
        return self.orders[name]

    def first(self, query: Query, matching: int, last: int) -> list[int]:
        """Return the first `last` places of the bitmap `matching` in the query's order."""
        in_order, positions = self.order(query)
        if matching.bit_count() <= FEW:
            return nsmallest(last, self.bitmaps.to_places(matching), key=positions.__getitem__)
        picked = mask(matching).ljust(self.bitmaps.places, b"\x00")
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

    def search(self, query: Query) -> ResultPage:
        snapshot, text_query = self._current(), text_query_of(query)
        bitmaps = snapshot.bitmaps
        filters = bitmaps.filters(query)
        base, scores = self._match_text(bitmaps, filters, text_query, query.order)
        matching = bitmaps.narrow(base, filters)
        if not text_query and not filters:
            if snapshot.stored_counts is None:
                snapshot.stored_counts = bitmaps.counts(base, filters, query)
            counts = snapshot.stored_counts
        else:
            counts = bitmaps.counts(base, filters, query)
        total = matching.bit_count()
        places: list[int] = []
        if query.offset < total:
            last = min(query.offset + query.size, total)
            first = _best(scores, bitmaps, last) if scores else snapshot.first(query, matching, last)
            places = first[query.offset :]
        return ResultPage(bitmaps.to_keys(places), total, counts, self.name)

    def iter_keys(self, query: Query) -> Iterator[UUID]:
        snapshot, text_query = self._current(), text_query_of(query)
        bitmaps = snapshot.bitmaps
        filters = bitmaps.filters(query)
        base, scores = self._match_text(bitmaps, filters, text_query, query.order)
        matching = bitmaps.narrow(base, filters)
        total = matching.bit_count()
        places = _best(scores, bitmaps, total) if scores and total else snapshot.first(query, matching, total)
        return (UUID(bytes=bitmaps.key(place)) for place in places)

    def size(self, query: Query) -> int:
        bitmaps = self._current().bitmaps
        return bitmaps.narrow(self._base(bitmaps, text_query_of(query)), bitmaps.filters(query)).bit_count()

    def suggest(self, prefixes: list[str], limit: int) -> list[UUID]:
        if not prefixes:
            return []
        return self._current().bitmaps.to_keys(full_text().match_title_prefixes(prefixes, limit))

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
        """Return about `most` records of the same kind that share a theme or a tag, those that share more first."""
        same_kind = next(kind for kind in bitmaps.by_code["kind"].values() if kind >> place & 1)
        other_records = bitmaps.everything & same_kind & ~(1 << place)
        theme, beneficiary, tag = (
            reduce(or_, sharing[facet], 0) & other_records for facet in ("theme", "beneficiary", "tag")
        )
        candidates: dict[int, None] = {}
        for tier in (theme & beneficiary & tag, theme & beneficiary, theme, tag):
            candidates.update(dict.fromkeys(islice(bitmaps.to_places(tier), most)))
            if len(candidates) >= most:
                break
        return list(candidates)

    def _current(self) -> Snapshot:
        """Return the current snapshot. Inside a transaction it is not stored, since the transaction may be rolled back."""
        if connection.in_atomic_block:
            return Snapshot().refresh()
        with self._lock:
            self._snapshot = self._snapshot.refresh()
            return self._snapshot

    @classmethod
    def _match_text(
        cls, bitmaps: FacetBitmaps, filters: dict[str, int], text_query: TextQuery, order: str
    ) -> tuple[int, Scores]:
        """Return the live records that match the text, and the scores if results are ordered by relevance.

        Only records that pass the filters have a score.
        """
        if not (text_query.required and order == "relevance"):
            return cls._base(bitmaps, text_query), {}
        base = cls._without_excluded(bitmaps, text_query)
        scores = full_text().scores(text_query, bitmaps.narrow(base, filters))
        return base & bitmaps.from_places(scores), scores

    @classmethod
    def _base(cls, bitmaps: FacetBitmaps, text_query: TextQuery) -> int:
        """Return the live records that match the text, before filters."""
        base = cls._without_excluded(bitmaps, text_query)
        return base & bitmaps.from_places(full_text().matching(text_query)) if text_query.required else base

    @staticmethod
    def _without_excluded(bitmaps: FacetBitmaps, text_query: TextQuery) -> int:
        """Return the live records that match none of the excluded nodes."""
        base = bitmaps.everything
        for node in text_query.excluded:
            base &= ~bitmaps.from_places(full_text().matching(TextQuery(required=(node,))))
        return base


def _best(scores: Scores, bitmaps: FacetBitmaps, last: int) -> list[int]:
    """Return the `last` places with the lowest scores, ties ordered by key."""
    scored = [(score, place) for place, score in scores.items() if score is not None]
    highest = nsmallest(last, (score for score, _ in scored))[-1]
    best = [(score, bitmaps.key(place), place) for score, place in scored if score <= highest]
    return [place for *_, place in sorted(best)[:last]]


def _in_order(name: str) -> list[int]:
    """Return the ids of live records in one order, ties by key.

    Titles are compared by code point, so that both databases give the same order.
    """
    binary = "BINARY" if connection.vendor == "sqlite" else "C"
    orders: dict[str, list[Any]] = {
        "year": [F("year").desc(nulls_last=True)],
        "title_en": [Collate("title_key_en", binary)],
        "title_ru": [Collate("title_key_ru", binary)],
    }
    columns = orders.get(name, [F("first_published").desc(nulls_last=True)])
    return list(Record.objects.live().order_by(*columns, "key").values_list("id", flat=True))
