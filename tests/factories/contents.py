"""Generated practices as search sees them, without pages, and what a query finds among them by brute force.

The brute force reads the texts themselves, one practice after another; of the code under test it uses the stems only.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from core.searchable import SearchContent
from core.versions import next_version
from indexing.analysis.stems import stems
from indexing.facets import FACETS
from indexing.records import store
from search.query import Query

ENGLISH = ["school", "schools", "schooling", "connected", "connectivity", "connecting", "rural", "e-resilience", "resilience",
           "network", "networks", "broadband", "the", "of", "digital", "skills"]  # fmt: skip
RUSSIAN = ["цифровой", "цифровые", "цифровых", "школа", "школы", "сеть", "сети", "в", "ещё", "еще", "Казахстане",
           "Казахстан", "Азербайджана", "устойчивость", "связь"]  # fmt: skip
BROAD = ["AZ", "KZ", "KG"], ["digital-skills", "e-resilience", "last-mile"], ["pilot", "ongoing"]
CODES = {
    "kind": ["practice"],
    "country": BROAD[0],
    "theme": BROAD[1],
    "sdg": ["4", "9", "10"],
    "status": BROAD[2],
    "evidence": ["1", "3"],
    "beneficiary": ["women", "youth"],
    "scope": ["local", "national"],
    "type": ["policy", "training"],
    "year": ["2019", "2020", "2021"],
    "tag": ["fibre", "школы"],
}
SEVERAL = {"country", "theme", "sdg", "beneficiary", "tag"}
START = datetime(2026, 1, 1, tzinfo=UTC)


def texts(words: list[str], most: int = 7) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=most).map(" ".join)


@st.composite
def practices(draw: st.DrawFn, number: int, kinds: list[str]) -> list[SearchContent]:
    """One record in one or both languages, its key telling its number."""
    languages = draw(st.sampled_from([["en"], ["ru"], ["en", "ru"], ["ru", "en"]]))
    facets = {
        name: draw(st.lists(st.sampled_from(codes), max_size=3 if name in SEVERAL else 1, unique=True))
        for name, codes in CODES.items()
    } | {"kind": [draw(st.sampled_from(kinds))]}
    first = START + timedelta(days=draw(st.integers(0, 3)))
    contents = []
    for place, language in enumerate(languages):
        words = ENGLISH if language == "en" else RUSSIAN
        contents.append(
            SearchContent(
                key=UUID(int=draw(st.integers(0, 3)) * 2**100 + number),
                kind=facets["kind"][0],
                language=language,
                title=draw(texts(words, 3)),
                summary=draw(texts(words)),
                url=f"/{language}/practices/x/{number}/",
                fields={"challenge": draw(texts(words)), "results": draw(texts(words))},
                keywords=["Kazakhstan", "Казахстан"] if "KZ" in facets["country"] else [],
                facets=facets,
                first_published=first,
                is_original=place == 0,
                year=int(facets["year"][0]) if facets["year"] else None,
            )
        )
    key = contents[0].key
    return [SearchContent(**{**vars(content), "key": key}) for content in contents]


def corpora(most: int = 12, kinds: list[str] = CODES["kind"]) -> st.SearchStrategy[list[list[SearchContent]]]:
    return st.integers(1, most).flatmap(
        lambda count: st.tuples(*(practices(n, kinds) for n in range(count))).map(list)
    )


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Any filters, `all=`, words, phrases and exclusions in both languages, any sort and language."""
    word = st.sampled_from(ENGLISH + RUSSIAN)
    piece = st.one_of(
        word,
        st.lists(word, min_size=2, max_size=3).map(lambda ws: f'"{" ".join(ws)}"'),
        word.map(lambda w: f"-{w}"),
        st.lists(word, min_size=2, max_size=2).map(lambda ws: f'-"{" ".join(ws)}"'),
    )
    query = Query(
        q=" ".join(draw(st.lists(piece, max_size=3))),
        sort=draw(st.sampled_from(["", "newest", "title", "year", "relevance"])),
        lang=draw(st.sampled_from(["en", "ru"])),
        size=100,
    )
    codes = CODES | {"language": ["en", "ru"]}
    for facet in draw(st.lists(st.sampled_from(list(codes)), max_size=3, unique=True)):
        query = query.with_values(
            facet, draw(st.lists(st.sampled_from(codes[facet]), min_size=1, unique=True))
        )
    all_of = frozenset(draw(st.lists(st.sampled_from([*sorted(SEVERAL), "year"]), max_size=2)))
    years = sorted(draw(st.lists(st.sampled_from([2019, 2020, 2021]), max_size=2)))
    first, last = {0: (None, None), 1: (*years, None), 2: tuple(years)}[len(years)]
    if len(years) == 1 and draw(st.booleans()):
        first, last = last, first
    synonyms = draw(st.booleans())
    more = {"all_of": all_of, "year_from": first, "year_to": last, "synonyms": synonyms}
    return Query(**vars(query) | more)


def keep(corpus: list[list[SearchContent]]) -> None:
    """Make their records."""
    for contents in corpus:
        store(contents[0].key, contents, next_version())


@dataclass(frozen=True)
class Expected:
    keys: list[UUID]
    total: int
    counts: dict[str, dict[str, int]]


def expected(corpus: list[list[SearchContent]], query: Query) -> Expected:
    """What the query finds: ids (in order, but for relevance), total and every count."""
    found = [p for p in corpus if has_text(p, query.q) and passes(p, query, leave_out=None)]
    counts = {}
    for facet in FACETS:
        own = facet if facet not in query.all_of else None
        among = [p for p in corpus if has_text(p, query.q) and passes(p, query, leave_out=own)]
        counts[facet] = dict(Counter(code for practice in among for code in codes(practice, facet)))
    return Expected([p[0].key for p in in_order(found, query)], len(found), counts)


def codes(practice: list[SearchContent], facet: str) -> list[str]:
    return [c.language for c in practice] if facet == "language" else practice[0].facets[facet]


def passes(practice: list[SearchContent], query: Query, leave_out: str | None) -> bool:
    for facet, values in query.chosen:
        if facet != leave_out:
            having = [value in codes(practice, facet) for value in values]
            if not (all(having) if facet in query.all_of else any(having)):
                return False
    years = [int(year) for year in codes(practice, "year")]
    if leave_out != "year" and (query.year_from or query.year_to):
        return any((query.year_from or 0) <= year <= (query.year_to or 9999) for year in years)
    return True


def has_text(practice: list[SearchContent], q: str) -> bool:
    pieces = re.findall(r'(-?)"([^"]*)"|(\S+)', q)
    required = [
        plain(phrase or word) for minus, phrase, word in pieces if not (minus or word.startswith("-"))
    ]
    if required and all(len(word[0]) == 1 for words in required for word in words):
        return False  # single letters find nothing
    for minus, phrase, word in pieces:
        if word.startswith("-"):
            minus, word = "-", word[1:]
        asked = plain(phrase or word)
        there = any(stands_in(asked, plain(text)) for content in practice for text in fields(content))
        if there is bool(minus):
            return False
    return True


def fields(content: SearchContent) -> list[str]:
    return [content.title, content.summary, *content.fields.values(), *content.keywords]


def plain(text: str) -> list[tuple[str, ...]]:
    """The stems of each word, its term the first."""
    return [stems(word) for word in text.lower().replace("ё", "е").replace("-", " ").split()]


def stands_in(phrase: list[tuple[str, ...]], text: list[tuple[str, ...]]) -> bool:
    """A word is found by any of its stems, a word of a phrase by its term."""
    if len(phrase) == 1:
        return any(not set(phrase[0]).isdisjoint(word) for word in text)
    places = range(len(text) - len(phrase) + 1)
    return any(all(text[p + n][0] in asked for n, asked in enumerate(phrase)) for p in places)


def in_order(found: list[list[SearchContent]], query: Query) -> list[list[SearchContent]]:
    by_key = sorted(found, key=lambda p: p[0].key)
    if query.order == "newest":
        return sorted(by_key, key=lambda p: p[0].first_published, reverse=True)
    if query.order == "year":
        return sorted(by_key, key=lambda p: -(p[0].year or 0))
    if query.order == "title":
        titles = {p[0].key: {c.language: c.title for c in p} for p in found}
        return sorted(
            by_key,
            key=lambda p: titles[p[0].key].get(query.lang, p[0].title).lower().replace("ё", "е"),
        )
    return by_key
