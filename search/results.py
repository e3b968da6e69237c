"""The results of a query in the reader's language, for the search page and the API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.utils.html import strip_tags

from core.alternates import in_language
from core.i18n import language_by_letters
from core.labels import Label
from indexing.analysis.text_query import NOTHING, TextQuery
from indexing.models import CardRow, card_rows
from search.engines import engine
from search.labels import Labels, labels, top_themes
from search.query import DEEPEST_RESULT, Notice, Query
from search.relaxations import Relaxation, relaxations_of
from search.snippets import LIST_FIELDS, Wanted, highlights
from search.spelling import suggest_spelling
from search.synonyms import Expansion
from search.text_queries import synonyms_of, text_query_of


@dataclass(frozen=True)
class Item:
    """A practice on a card. `language` is the language of title and summary unless `untranslated` names another."""

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
    # "title" or "summary" -> the language of that text, if it is not translated.
    untranslated: Mapping[str, str] = field(default_factory=dict)

    @property
    def title_language(self) -> str:
        return self.untranslated.get("title", self.language)

    @property
    def snippet_language(self) -> str:
        """Return the language of `snippet`."""
        name = next((name for name in self.highlights if name != "title"), "summary")
        if name.startswith("other_"):
            return next((code for code in self.languages if code != self.language), self.language)
        if name in LIST_FIELDS:
            # Names and titles, which nobody translates.
            return language_by_letters(strip_tags(self.snippet), self.language)
        return self.untranslated.get(name, self.language)

    @property
    def marked_title(self) -> str:
        """Return the title, with the query's words marked if it contains any."""
        return self.highlights.get("title", self.title)

    @property
    def snippet(self) -> str:
        """Return the summary or, if the query's words occur in another field, the passage of that field."""
        pieces = [html for name, html in self.highlights.items() if name != "title"]
        return pieces[0] if pieces else self.summary


@dataclass  # not frozen: making the hundreds of an answer would take three times as long
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool
    # True for a sub-theme, displayed below its theme.
    below: bool = False


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
    # What was typed, where these are the results of its correction.
    typed: str = ""
    synonyms: list[Expansion] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    relaxations: list[Relaxation] = field(default_factory=list)


def results_for(query: Query, notices: Iterable[Notice] = ()) -> Results:
    """Search, and return the page of results with labels in the query's language.

    If nothing matches, the results include a spelling suggestion and, for each filter, the count without it.
    """
    notices = list(notices)
    text_query = text_query_of(query)
    if query.q and not text_query:
        notices.append(Notice("q", query.q, "no-words"))
        query = replace(query, q="")
    if text_query.required == (NOTHING,):
        notices.append(Notice("q", query.q, "one-letter"))
    page = engine().search(query)
    facet_labels = labels(query.lang)
    pages = -(-min(page.total, DEEPEST_RESULT) // query.size)
    is_empty = page.total == 0
    return Results(
        query=query,
        total=page.total,
        page=query.page,
        pages=max(pages, 1),
        engine=page.engine,
        degraded=page.degraded,
        items=items_for(page.keys, query.lang, text_query),
        facets={facet: _values(query, facet, counts, facet_labels) for facet, counts in page.counts.items()},
        suggestion=suggest_spelling(query) if is_empty and text_query else None,
        synonyms=synonyms_of(query),
        notices=notices,
        relaxations=relaxations_of(query) if is_empty else [],
    )


def corrected_results(query: Query, notices: Iterable[Notice] = ()) -> Results:
    """Return the results of a query, or those of its correction if it has none."""
    results = results_for(query, notices)
    if not results.suggestion:
        return results
    return replace(
        results_for(replace(query, q=results.suggestion, page=1), results.notices), typed=results.query.q
    )


def items_for(keys: list[UUID], lang: str, text_query: TextQuery | None = None) -> list[Item]:
    """Return the cards of live records in the order of `keys`, without records that are not public."""
    rows = {row.key: row for row in card_rows(keys)}
    facet_labels, tops = labels(lang), top_themes()
    wanted = Wanted.of(text_query) if text_query else None
    return [_item(rows[key], lang, facet_labels, tops, wanted) for key in keys if key in rows]


def _item(row: CardRow, lang: str, facet_labels: Labels, tops: dict[str, str], wanted: Wanted | None) -> Item:
    document, codes = row.document, row.facets
    language = lang if lang in document["languages"] else document["original"]
    text = document["languages"][language]

    def labels_of(facet: str, chosen: list[str]) -> list[Label]:
        return [Label(code, facet_labels[facet].get(code, code)) for code in chosen]

    def first_label(facet: str) -> Label | None:
        return next(iter(labels_of(facet, codes.get(facet, []))), None)

    return Item(
        key=row.key,
        kind=row.kind,
        title=text["title"],
        summary=text["summary"],
        url=in_language(text["url"], lang),
        language=language,
        languages=codes.get("language", []),
        countries=labels_of("country", codes.get("country", [])),
        themes=labels_of(
            "theme", list(dict.fromkeys(tops.get(code, code) for code in codes.get("theme", [])))
        ),
        sdgs=labels_of("sdg", codes.get("sdg", [])),
        status=first_label("status"),
        evidence=first_label("evidence"),
        year=row.year,
        highlights=_highlights(wanted, document, text) if wanted else {},
        untranslated=text.get("untranslated", {}),
    )


def _highlights(wanted: Wanted, document: dict[str, Any], text: dict[str, Any]) -> Mapping[str, str]:
    """Return highlights of `text` or, if it has none, one passage of another language under `other_<field>`."""
    marked = highlights(wanted, text["title"], text["summary"], text["fields"])
    if marked:
        return marked
    for other in document["languages"].values():
        pieces = highlights(wanted, other["title"], other["summary"], other["fields"], most=1)
        if pieces:
            return {f"other_{name}": html for name, html in pieces.items()}
    return {}


def _values(query: Query, facet: str, counts: dict[str, int], facet_labels: Labels) -> list[FacetValue]:
    """Return all codes that have a count or are chosen, sorted by count, then code."""
    chosen = query.values(facet)
    by_code = sorted({**dict.fromkeys(chosen, 0), **counts}.items())
    value_labels = facet_labels[facet]
    return [
        FacetValue(code, value_labels.get(code, code), count, code in chosen)
        for code, count in sorted(by_code, key=itemgetter(1), reverse=True)
    ]
