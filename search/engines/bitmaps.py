"""The facets of all live records in memory: for each code a bitmap with a bit per record.

Counting in SQL means one row per record and value: at 100,000 records and twelve facets two million rows for a
broad filter, over a second. Here a count is one `&` and one `bit_count()` (docs/decisions/facets-as-bitmaps.md has the
figures and the command). A bit's place is the record's row id, so a bitmap of 100,000 records takes 12.5 kB.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from uuid import UUID

from indexing.facets import FACETS
from search.query import Query

KEY = 16  # bytes
TO_BYTES = bytes.maketrans(b"01", b"\x00\x01")
Rows = Iterable[tuple[int, UUID, bool, dict[str, list[str]]]]


def each_key(keys: bytes | bytearray) -> Iterator[UUID]:
    """Yield the keys of a joined byte string, 16 bytes each."""
    return (UUID(bytes=bytes(keys[start : start + KEY])) for start in range(0, len(keys), KEY))


def mask(bitmap: int) -> bytes:
    """Return one byte per record up to the last set bit, 1 where its bit is set.

    A byte string is faster than the bitmap when many records are tested one by one.
    """
    return bin(bitmap)[:1:-1].encode().translate(TO_BYTES)


class FacetBitmaps:
    """Codes of live records by facet, and the records' keys. Filled from rows of (id, key, removed, facets)."""

    def __init__(self) -> None:
        self.everything = 0
        self.places = 0
        self.keys = bytearray()
        self.by_code: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}

    def load(self, rows: Rows) -> None:
        """Fill empty bitmaps from all rows."""
        ids: dict[tuple[str, str], list[int]] = defaultdict(list)
        live: list[int] = []
        for place, key, removed, facets in rows:
            self._store_key(place, key)
            if removed:
                continue
            live.append(place)
            for facet, codes in facets.items():
                for code in codes:
                    ids[facet, code].append(place)
        self.everything = self.from_places(live)
        for (facet, code), places in ids.items():
            self.by_code[facet][code] = self.from_places(places)

    def with_changes(self, rows: Rows) -> "FacetBitmaps":
        """Return a copy with a few records added, changed or removed."""
        copy = FacetBitmaps()
        copy.everything, copy.places, copy.keys = self.everything, self.places, self.keys[:]
        copy.by_code = {facet: dict(bitmaps) for facet, bitmaps in self.by_code.items()}
        for row in rows:
            copy._update(*row)
        return copy

    def _store_key(self, place: int, key: UUID) -> None:
        if place >= self.places:
            self.places = place + 1
            self.keys.extend(bytes(KEY * self.places - len(self.keys)))
        self.keys[KEY * place : KEY * (place + 1)] = key.bytes

    def _update(self, place: int, key: UUID, removed: bool, facets: dict[str, list[str]]) -> None:
        self._store_key(place, key)
        bit = 1 << place
        is_present = bool(self.everything & bit)
        for facet, bitmaps in self.by_code.items():
            chosen = () if removed else facets.get(facet, ())
            if is_present:
                for code in [c for c, bitmap in bitmaps.items() if bitmap & bit and c not in chosen]:
                    bitmaps[code] ^= bit
                    if not bitmaps[code]:
                        del bitmaps[code]
            for code in chosen:
                bitmaps[code] = bitmaps.get(code, 0) | bit
        self.everything = self.everything & ~bit if removed else self.everything | bit

    def from_places(self, places: Iterable[int]) -> int:
        """Return the bitmap of these records. Records newer than these bitmaps are ignored."""
        bits = bytearray(self.places // 8 + 1)
        for place in places:
            if place < self.places:
                bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def to_keys(self, places: Iterable[int]) -> list[UUID]:
        """Return the keys of these records in the given order, without records that are removed or newer."""
        return [UUID(bytes=self.key(place)) for place in places if self.everything >> place & 1]

    def key(self, place: int) -> bytes:
        """Return the key of one record as 16 bytes; they sort as the UUIDs do."""
        return bytes(self.keys[KEY * place : KEY * (place + 1)])

    def to_places(self, bitmap: int) -> Iterator[int]:
        """Yield the places of the set bits, ascending."""
        picked = mask(bitmap)
        place = picked.find(1)
        while place >= 0:
            yield place
            place = picked.find(1, place + 1)

    def filters(self, query: Query) -> dict[str, int]:
        """Return facet -> bitmap of the records that pass its filter: any chosen code, or all of them (`all_of`)."""
        passing = {}
        for facet, values in query.chosen:
            bitmaps = [self.by_code[facet].get(value, 0) for value in values]
            passing[facet] = bitmaps[0]
            for bitmap in bitmaps[1:]:
                passing[facet] = passing[facet] & bitmap if facet in query.all_of else passing[facet] | bitmap
        if query.has_years:
            years = (bitmap for code, bitmap in self.by_code["year"].items() if query.includes_year(code))
            passing["year"] = passing.get("year", self.everything) & reduce(or_, years, 0)
        return passing

    def counts(self, base: int, filters: dict[str, int], query: Query) -> dict[str, dict[str, int]]:
        """Return facet -> code -> count within `base` under the filters of all other facets; zero counts are omitted."""
        counts_by_facet: dict[str, dict[str, int]] = {}
        narrowed = self.narrow(base, filters)
        for facet, bitmaps in self.by_code.items():
            among = narrowed
            if facet in filters and facet not in query.all_of:
                among = self.narrow(base, {name: bits for name, bits in filters.items() if name != facet})
            counts_by_facet[facet] = {
                code: count for code, bitmap in bitmaps.items() if (count := (bitmap & among).bit_count())
            }
        return counts_by_facet

    @staticmethod
    def narrow(base: int, filters: dict[str, int]) -> int:
        for bitmap in filters.values():
            base &= bitmap
        return base

    def codes_of(self, place: int) -> dict[str, list[str]]:
        """Return the codes of one record by facet."""
        bit = 1 << place
        return {
            f: [code for code, bitmap in bitmaps.items() if bitmap & bit]
            for f, bitmaps in self.by_code.items()
        }
