"""The answer to a query, in the reader's language: what the page shows and the API sends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any
from uuid import UUID

from core.alternates import in_language
from core.labels import Label
from indexing.analysis import TextQuery, parse_text
from indexing.models import ShownRow, shown_rows
from search.engines import engine
from search.labels import Labels, labels, top_themes
from search.query import DEEPEST_RESULT, Notice, Query
from search.snippets import highlights
from search.spelling import corrected

# Each is a query of its own, and an address has room for hundreds of filters.
MOST_RELAXATIONS = 20


@dataclass(frozen=True)
class Item:
    """A practice on a card. `language` is that of the title and summary, as far as they are translated."""

    key: UUID
    kind: str
    title: str
    summary: str
    url: str
    language: str
    languages: list[str]
    countries: list[Label]
    themes: list[Label]
    sdgs: list[Label]
    status: Label | None
    evidence: Label | None
    year: int | None
    highlights: Mapping[str, str] = field(default_factory=dict)
    # The language of the title or the summary, by name, where it is not translated.
    untranslated: Mapping[str, str] = field(default_factory=dict)

    @property
    def title_language(self) -> str:
        return self.untranslated.get("title", self.language)

    @property
    def snippet_language(self) -> str:
        """That of the summary, or of the piece of text that stands in for it."""
        name = next((name for name in self.highlights if name != "title"), "summary")
        if name.startswith("other_"):
            return next((code for code in self.languages if code != self.language), self.language)
        return self.untranslated.get(name, self.language)

    @property
    def marked_title(self) -> str:
        """The title, with the found words marked where it has some."""
        return self.highlights.get("title", self.title)

    @property
    def snippet(self) -> str:
        """The summary or, where the found words stand elsewhere, the piece of text that has them."""
        pieces = [html for name, html in self.highlights.items() if name != "title"]
        return pieces[0] if pieces else self.summary


@dataclass  # not frozen: making the hundreds of an answer would take three times as long
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool
    # Drawn under the theme that it is part of.
    below: bool = False


@dataclass(frozen=True)
class Relaxation:
    """A query with one filter fewer, and how many practices it finds."""

    dropped: str
    query: Query
    total: int


@dataclass(frozen=True)
class Results:
    query: Query
    total: int
    page: int
    pages: int
    engine: str
    degraded: bool
    items: list[Item]
    facets: dict[str, list[FacetValue]]
    suggestion: str | None = None
    notices: list[Notice] = field(default_factory=list)
    relaxations: list[Relaxation] = field(default_factory=list)


def results_for(query: Query, notices: Iterable[Notice] = ()) -> Results:
    """Ask the engine and put its answer into words.

    Where nothing is found, it says which spelling would find something, and what each filter that is
    left out would give.
    """
    notices = list(notices)
    text_query = parse_text(query.q)
    if query.q and not text_query:
        notices.append(Notice("q", query.q, "no-words"))
        query = replace(query, q="")
    found = engine().search(query)
    words = labels(query.lang)
    pages = -(-min(found.total, DEEPEST_RESULT) // query.size)
    nothing = found.total == 0
    return Results(
        query=query,
        total=found.total,
        page=query.page,
        pages=max(pages, 1),
        engine=found.engine,
        degraded=found.degraded,
        items=items_for(found.keys, query.lang, text_query),
        facets={facet: _values(query, facet, counts, words) for facet, counts in found.counts.items()},
        suggestion=corrected(query) if nothing and text_query else None,
        notices=notices,
        relaxations=_relaxations(query, words) if nothing else [],
    )


def items_for(keys: list[UUID], lang: str, text_query: TextQuery | None = None) -> list[Item]:
    """The cards of live records in the order of `keys`; what is not public is left out."""
    shown = {row.key: row for row in shown_rows(keys)}
    words, tops = labels(lang), top_themes()
    return [_item(shown[key], lang, words, tops, text_query) for key in keys if key in shown]


def _item(
    row: ShownRow, lang: str, words: Labels, tops: dict[str, str], text_query: TextQuery | None
) -> Item:
    document, codes = row.document, row.facets
    language = lang if lang in document["languages"] else document["original"]
    text = document["languages"][language]

    def named(facet: str, chosen: list[str]) -> list[Label]:
        return [Label(code, words[facet].get(code, code)) for code in chosen]

    def one(facet: str) -> Label | None:
        return next(iter(named(facet, codes.get(facet, []))), None)

    return Item(
        key=row.key,
        kind=row.kind,
        title=text["title"],
        summary=text["summary"],
        url=in_language(text["url"], lang),
        language=language,
        languages=codes.get("language", []),
        countries=named("country", codes.get("country", [])),
        themes=named("theme", list(dict.fromkeys(tops.get(code, code) for code in codes.get("theme", [])))),
        sdgs=named("sdg", codes.get("sdg", [])),
        status=one("status"),
        evidence=one("evidence"),
        year=row.year,
        highlights=_highlights(text_query, document, text) if text_query else {},
        untranslated=text.get("untranslated", {}),
    )


def _highlights(text_query: TextQuery, document: dict[str, Any], text: dict[str, Any]) -> Mapping[str, str]:
    """Marks in the shown language; where the words stand only in another, a piece of that one."""
    found = highlights(text_query, text["title"], text["summary"], text["fields"])
    if found:
        return found
    for other in document["languages"].values():
        pieces = highlights(text_query, other["title"], other["summary"], other["fields"], most=1)
        if pieces:
            return {f"other_{name}": html for name, html in pieces.items()}
    return {}


def _values(query: Query, facet: str, counts: dict[str, int], words: Labels) -> list[FacetValue]:
    """Every code with a count and the chosen ones; by count, then code."""
    chosen = query.values(facet)
    by_code = sorted({**dict.fromkeys(chosen, 0), **counts}.items())
    named = words[facet]
    return [
        FacetValue(code, named.get(code, code), count, code in chosen)
        for code, count in sorted(by_code, key=itemgetter(1), reverse=True)
    ]


def _relaxations(query: Query, words: Labels) -> list[Relaxation]:
    """What each single filter, or the text, would give if it were left out; only what gives something."""
    candidates = [
        (words[facet].get(value, value), query.toggled(facet, value))
        for facet, values in query.chosen
        for value in values
    ]
    if query.q and query.chosen:
        candidates.append((query.q, replace(query, q="", page=1)))
    tried = ((dropped, easier, engine().size(easier)) for dropped, easier in candidates[:MOST_RELAXATIONS])
    return [Relaxation(*one) for one in tried if one[2]]
