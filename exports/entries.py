"""A record in full: what exports, feeds, citations, the API and OAI-PMH take.

No page is read on the way, so that what is not public cannot get into any of them.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from core.alternates import absolute, in_language
from core.labels import Label
from indexing.analysis import parse_text
from indexing.facets import FACETS
from indexing.kinds import ForeignTypes, fact_tag_codes, kind_of
from indexing.models import Record
from indexing.permanent import permanent_path
from search.engines import engine
from search.labels import Labels, fact_labels, labels
from search.query import Query
from taxonomy.choices import LICENCE_URLS

BATCH_SIZE = 200
LINEAGE = ("adopted_from", "adopted_by")


@dataclass(frozen=True)
class Origin:
    """A practice that another one was adopted from."""

    key: UUID
    title: str
    permanent: str


@dataclass(frozen=True)
class Entry:
    """A record in one language: the reader's where it is published in it, else the original's.

    `codes` are labels by facet; `facts` labels of what has a closed list and plain values of the rest, by field; `texts`
    plain texts by field, in reading order; `parts` are lists of plain values (sources, partners, indicators).
    `address` is where it is read, `permanent` the one that never changes. `origin` is the practice that it was adopted from,
    where that is public, `adopted_by` are countries.
    """

    key: UUID
    kind: str
    language: str
    languages: list[str]
    original: str
    title: str
    summary: str
    address: str
    permanent: str
    codes: dict[str, list[Label]]
    facts: dict[str, Any]
    texts: dict[str, str]
    parts: dict[str, list[dict[str, Any]]]
    year: int | None
    first_published: datetime
    changed: datetime
    adopted_by: list[Label]
    origin: "Origin | None" = None
    # The language of what is not translated, by field, title and summary among them.
    untranslated: dict[str, str] = field(default_factory=dict)

    def language_of(self, name: str) -> str:
        """The language of a text, or of a list of parts."""
        return self.untranslated.get(name, self.language)

    @property
    def title_language(self) -> str:
        return self.language_of("title")

    @property
    def types(self) -> ForeignTypes:
        """What other systems call its kind."""
        return kind_of(self.kind).types

    @property
    def organisation(self) -> str:
        return self.texts.get("lead_organisation", "")

    @property
    def licence_address(self) -> str:
        licence = self.facts.get("content_licence")
        return LICENCE_URLS.get(licence.code, "") if licence else ""

    @property
    def tags(self) -> list[Label]:
        """Those that somebody gave it: it is found by some more."""
        found_by_fact = fact_tag_codes()
        return [label for label in self.codes["tag"] if label.code not in found_by_fact]

    @property
    def keywords(self) -> list[str]:
        """The words that a library would file it under: themes, countries, tags."""
        return [label.label for label in (*self.codes["theme"], *self.codes["country"], *self.tags)]


def iter_entries(query: Query) -> Generator[Entry, None, None]:
    """All practices that answer a query, in its order, however many; its page and size do not matter.

    Read few at a time: what goes away meanwhile is left out.
    """
    if not parse_text(query.q):
        # As in an answer: what has no words is neither asked for nor ordered by.
        query = replace(query, q="")
    keys = engine().iter_keys(query)
    while some := list(islice(keys, BATCH_SIZE)):
        yield from entries(some, query.lang)


def entries(keys: Iterable[UUID], lang: str) -> list[Entry]:
    """These practices in their order, without those that are not public."""
    wanted = list(keys)
    records = {record.key: record for record in Record.objects.by_key(wanted).without_terms()}
    origins = _origins(records.values(), lang)
    words, fact_words = labels(lang), fact_labels(lang)
    return [
        _entry(records[key], lang, words, fact_words, origins.get(key)) for key in wanted if key in records
    ]


def entry(key: UUID, lang: str) -> Entry | None:
    """One practice, None where it is not public."""
    return next(iter(entries([key], lang)), None)


def _entry(record: Record, lang: str, words: Labels, fact_words: Labels, origin: Origin | None) -> Entry:
    language, text = _text(record, lang)
    facts: dict[str, Any] = record.document["facts"]

    def named(facet: str, codes: list[str]) -> list[Label]:
        return [Label(code, words[facet].get(code, code)) for code in codes]

    def fact(name: str) -> Any:
        value = facts[name]
        return (
            Label(str(value), fact_words[name].get(str(value), str(value))) if name in fact_words else value
        )

    return Entry(
        key=record.key,
        kind=record.kind,
        language=language,
        languages=record.facets["language"],
        original=record.document["original"],
        title=text["title"],
        summary=text["summary"],
        address=absolute(in_language(text["url"], lang)),
        permanent=absolute(permanent_path(record.key)),
        codes={facet: named(facet, record.facets.get(facet, [])) for facet in FACETS},
        facts={name: fact(name) for name in facts if name not in LINEAGE},
        # PostgreSQL keeps no order of them.
        texts={
            field.name: text["fields"][field.name]
            for field in kind_of(record.kind).texts
            if field.name in text["fields"]
        },
        parts=text["parts"],
        year=record.year,
        first_published=record.first_published or changed_at(record.change),
        changed=changed_at(record.change),
        adopted_by=named("country", facts.get("adopted_by", [])),
        origin=origin,
        untranslated=text.get("untranslated", {}),
    )


def _origins(records: Iterable[Record], lang: str) -> dict[UUID, Origin]:
    """Key of a practice -> the one it was adopted from, of those that are public."""
    keys = {
        record.key: UUID(key) for record in records if (key := record.document["facts"].get("adopted_from"))
    }
    found = {origin.key: origin for origin in Record.objects.by_key(list(keys.values())).without_terms()}
    return {
        key: Origin(origin, _text(found[origin], lang)[1]["title"], absolute(permanent_path(origin)))
        for key, origin in keys.items()
        if origin in found
    }


def _text(record: Record, lang: str) -> tuple[str, dict[str, Any]]:
    """The language it is shown in to a reader of `lang`, and what stands there."""
    languages = record.document["languages"]
    language = lang if lang in languages else record.document["original"]
    return language, languages[language]


def changed_at(change: int) -> datetime:
    """When a record changed, to the second: a content version is the clock's microsecond at least (core.versions)."""
    return datetime.fromtimestamp(change // 1_000_000, UTC)
