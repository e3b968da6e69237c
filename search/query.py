"""A reader's query: one frozen value, parsed from a query string and written back to one.

Pure: it needs no settings, no database and no request. Page, API, export, feed, saved search and stored collection all take it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from core.language_codes import LANGUAGE_CODES
from indexing.facets import FACETS, LONGEST_VALUE

# Parameters that other sites add to links, to follow readers.
TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_(campaign|kwd|source|medium|content)|hsa_.*|_hs(enc|mi)|mc_[ce]id|mkt_tok|_(gl|ga|openstat|branch_match_id)"
    r"|fbclid|gclid|gclsrc|gbraid|wbraid|gad_(source|campaignid)|dclid|srsltid|msclkid|ysclid|yclid|ymclid|twclid|ttclid"
    r"|li_fat_id|igsh(id)?|rb_clickid|vero_id|oly_(anon|enc)_id",
    re.IGNORECASE,
)
SORTS = ("relevance", "newest", "title", "year")
LONGEST_TEXT = 200
# Of all facets together, in one request: each value costs the engine time and makes every link of the page longer.
MOST_VALUES = 60
# Parameters that decide what is found, whatever the order and the page.
FINDING = ("q", *FACETS, "all", "year_from", "year_to", "synonyms")
# Parameters that are given once.
SINGLE = ("q", "year_from", "year_to", "sort", "synonyms", "page")
PAGE_SIZE = 20
LARGEST_SIZE = 100
DEEPEST_RESULT = 10_000

KnownCodes = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Notice:
    """A parameter that was ignored or changed. `reason` is a code; `search.messages` has its sentence."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True)
class Query:
    """A parsed search query.

    `chosen` holds (facet, codes) in the order of FACETS; `all_of` the facets whose codes must all match instead of any;
    `year_from` and `year_to` are inclusive and narrow the facet `year`. `sort` is empty for the default order; `synonyms`
    whether synonyms of its words are searched for as well.
    """

    q: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    all_of: frozenset[str] = frozenset()
    year_from: int | None = None
    year_to: int | None = None
    sort: str = ""
    synonyms: bool = True
    page: int = 1
    size: int = PAGE_SIZE
    lang: str = "en"

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the chosen codes of `facet`."""
        return dict(self.chosen).get(facet, ())

    @property
    def order(self) -> str:
        """Return the effective order: `sort`, else relevance if there is a text, else newest first."""
        if self.sort and not (self.sort == "relevance" and not self.q):
            return self.sort
        return "relevance" if self.q else "newest"

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def is_empty(self) -> bool:
        """Return whether there is neither a text nor a filter, so that everything matches."""
        return not self.q and not self.chosen and not self.has_years

    @property
    def has_years(self) -> bool:
        """Return whether there is a first or a last year."""
        return self.year_from is not None or self.year_to is not None

    def includes_year(self, code: str) -> bool:
        """Return whether a code of the facet `year` lies between the first and the last year."""
        return (self.year_from or 0) <= int(code) <= (self.year_to or int(code))

    @property
    def without_paging(self) -> "Query":
        """Return the query with the default order, page and size."""
        return replace(self, sort="", page=1, size=PAGE_SIZE)

    def with_values(self, facet: str, values: Iterable[str]) -> "Query":
        """Return the query with these codes for `facet`, from its first page."""
        chosen = {**dict(self.chosen), facet: tuple(dict.fromkeys(values))}
        return replace(
            self, chosen=tuple((name, chosen[name]) for name in FACETS if chosen.get(name)), page=1
        )

    def without_year(self, name: str) -> "Query":
        """Return the query without `year_from` or `year_to`, from its first page."""
        first = None if name == "year_from" else self.year_from
        last = None if name == "year_to" else self.year_to
        return replace(self, year_from=first, year_to=last, page=1)

    def with_toggled(self, facet: str, value: str) -> "Query":
        """Return the query with `value` added to `facet`, or removed if it is chosen already."""
        values = self.values(facet)
        return self.with_values(
            facet, [v for v in values if v != value] if value in values else [*values, value]
        )

    def to_pairs(self, *, with_lang: bool = False) -> list[tuple[str, str]]:
        """Return the query as (parameter, value) pairs in a fixed order. `parse` turns them back into the query."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(facet, value) for facet, values in self.chosen for value in values]
        pairs += [("all", facet) for facet in FACETS if facet in self.all_of]
        years = (("year_from", self.year_from), ("year_to", self.year_to))
        pairs += [(name, str(year)) for name, year in years if year is not None]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [] if self.synonyms else [("synonyms", "0")]
        pairs += [("page", str(self.page))] if self.page > 1 else []
        if with_lang:
            pairs += [("size", str(self.size))] if self.size != PAGE_SIZE else []
            pairs += [("lang", self.lang)]
        return pairs

    def to_query_string(self, *, with_lang: bool = False) -> str:
        return urlencode(self.to_pairs(with_lang=with_lang))


def parse(
    pairs: Iterable[tuple[str, str]],
    known_codes: KnownCodes,
    *,
    lang: str = "en",
    is_api: bool = False,
    most_values: int | None = MOST_VALUES,
) -> tuple[Query, list[Notice]]:
    """Parse a query from (parameter, value) pairs.

    `known_codes` has the valid codes of each facet; `most_values` is None for a stored query, which is never cut.
    Return the query made of the valid parameters, and a notice for every other one. Raises nothing: the page shows
    the notices, and the API answers 422 unless all of them are informative.
    """
    reader = _Reader(known_codes, lang, most_values)
    for name, value in pairs:
        reader.take(name, value, is_api)
    return reader.query(), reader.notices


class _Reader:
    def __init__(self, known_codes: KnownCodes, lang: str, most_values: int | None) -> None:
        self.known_codes, self.lang, self.most_values = known_codes, lang, most_values
        self.notices: list[Notice] = []
        self.single: dict[str, str] = {}
        self.chosen: dict[str, dict[str, None]] = {}
        self.all_of: set[str] = set()

    def take(self, name: str, value: str, is_api: bool) -> None:
        if TRACKING.fullmatch(name) and not is_api:
            return
        if not is_clean(name) or not is_clean(value):
            self.note(name, value, "characters")
            if name == "q" and not is_api:  # pasted text may contain a tab or line break; keep the rest of it
                self.single.setdefault(
                    "q", " ".join("".join(c if is_clean(c) else " " for c in value).split())[:LONGEST_TEXT]
                )
        elif name in FACETS:
            if value:
                self.take_facet(name, value)
        elif name == "all":
            if value in FACETS:
                self.all_of.add(value)
            elif value:
                self.note(name, value, "unknown-value")
        elif name in SINGLE or (is_api and name in ("size", "lang")):
            if name in self.single:
                self.note(name, value, "repeated")
            else:
                self.take_single(name, value.strip())
        else:
            self.note(name, value, "unknown-parameter")

    def take_facet(self, name: str, value: str) -> None:
        if len(value) > LONGEST_VALUE or not FACETS[name].accepts(
            value, self.known_codes.get(name, frozenset())
        ):
            self.note(name, value, "unknown-value")
        elif value in self.chosen.get(name, {}) or not self.is_full():
            self.chosen.setdefault(name, {})[value] = None
        elif not any(notice.reason == "too-many" for notice in self.notices):
            self.note(name, value, "too-many")

    def is_full(self) -> bool:
        return self.most_values is not None and sum(map(len, self.chosen.values())) >= self.most_values

    def take_single(self, name: str, value: str) -> None:
        if name == "q" and len(value) > LONGEST_TEXT:
            self.note(name, value, "cut")
            value = value[:LONGEST_TEXT].rstrip()
        if not value or name == "q" or _is_valid(name, value):
            self.single[name] = value
        else:
            self.note(
                name,
                value,
                "too-deep" if name == "page" and value.isdecimal() and int(value[:9]) else "unknown-value",
            )

    def query(self) -> Query:
        size = int(self.single.get("size") or PAGE_SIZE)
        page = int(self.single.get("page") or 1)
        if (page - 1) * size >= DEEPEST_RESULT:
            self.note("page", str(page), "too-deep")
            page = 1
        first, last = (int(self.single.get(name) or 0) or None for name in ("year_from", "year_to"))
        if first and last and first > last:
            self.note("year_from", str(first), "years")
            first = last = None
        return Query(
            q=self.single.get("q", ""),
            chosen=tuple((name, tuple(self.chosen[name])) for name in FACETS if name in self.chosen),
            all_of=frozenset(self.all_of),
            year_from=first,
            year_to=last,
            sort=self.single.get("sort", ""),
            synonyms=self.single.get("synonyms") != "0",
            page=page,
            size=size,
            lang=self.single.get("lang") or self.lang,
        )

    def note(self, field: str, value: str, reason: str) -> None:
        self.notices.append(Notice(printable(field)[:40], printable(value)[:LONGEST_VALUE], reason))


def _is_valid(name: str, value: str) -> bool:
    if name in ("page", "size"):
        limit = DEEPEST_RESULT if name == "page" else LARGEST_SIZE
        return value.isascii() and value.isdecimal() and len(value) <= 6 and 1 <= int(value) <= limit
    if name in ("year_from", "year_to"):
        return FACETS["year"].accepts(value, frozenset())
    return value in {"sort": SORTS, "synonyms": ("0", "1"), "lang": LANGUAGE_CODES}[name]


def is_clean(text: str) -> bool:
    """Return whether the text has no control or lone surrogate character and no U+FFFD; these never reach an engine."""
    return not any(unicodedata.category(c) in ("Cc", "Cs") or c == "\ufffd" for c in text)


def printable(text: str) -> str:
    """Return the text with U+FFFD in place of each character that `is_clean` refuses."""
    return "".join(c if is_clean(c) else "\ufffd" for c in text)
