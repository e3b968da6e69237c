"""A full record, for exports, feeds, citations, the API and OAI-PMH.

It is read from the index, never from pages, so that nothing unpublished can get into any of them.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from core.alternates import absolute, in_language
from core.labels import Label
from indexing.analysis.text_query import parse_text
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
    """The practice from which another one was adopted."""

    key: UUID
    title: str
    permanent: str


@dataclass(frozen=True)
class Organisation:
    """An organisation of a record; `ror` is its identifier in the Research Organization Registry, an URL, if it is known."""

    name: str
    ror: str = ""
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """A record in one language: the reader's if it is published in it, else the original's.

    `codes` are labels by facet; `facts` are labels (closed lists) or plain values by field; `texts` are plain texts by
    field, in reading order; `parts` are lists of plain values (sources, partners, indicators). `address` is the URL of
    the page, `permanent` the URL that never changes. Times are whole seconds; `changed` is never before `first_published`.
    `origin` is the practice that it was adopted from, if public; `adopted_by` are countries.
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
    # Field (also title and summary) -> language of its text, if it is not translated.
    untranslated: dict[str, str] = field(default_factory=dict)

    def language_of(self, name: str) -> str:
        """Return the language of a text, or of a list of parts."""
        return self.untranslated.get(name, self.language)

    @property
    def title_language(self) -> str:
        return self.language_of("title")

    @property
    def types(self) -> ForeignTypes:
        """Return the types of its kind in other systems."""
        return kind_of(self.kind).types

    @property
    def organisation(self) -> str:
        """Return the lead organisations in one line."""
        return self.texts.get("lead_organisation", "")

    @property
    def leads(self) -> list[Organisation]:
        """Return the organisations that are its authors."""
        if "organisations" in self.parts:
            return self._organisations("lead")
        # A kind that has no list of them, or a record of before there was one.
        names = (name.strip() for name in self.organisation.split(";"))
        return [Organisation(name) for name in names if name]

    @property
    def partners(self) -> list[Organisation]:
        """Return the organisations that contributed to it."""
        if "organisations" in self.parts:
            return self._organisations("partner")
        return [
            Organisation(partner["name"]) for partner in self.parts.get("partners", []) if partner.get("name")
        ]

    def _organisations(self, role: str) -> list[Organisation]:
        return [
            Organisation(**{name: value for name, value in item.items() if name != "role"})
            for item in self.parts["organisations"]
            if item["role"] == role
        ]

    @property
    def licence_address(self) -> str:
        licence = self.facts.get("content_licence")
        return LICENCE_URLS.get(licence.code, "") if licence else ""

    @property
    def tags(self) -> list[Label]:
        """Return the tags set by editors, without those derived from facts."""
        fact_codes = fact_tag_codes()
        return [label for label in self.codes["tag"] if label.code not in fact_codes]

    @property
    def keywords(self) -> list[str]:
        """Return the labels of its themes, countries and tags."""
        return [label.label for label in (*self.codes["theme"], *self.codes["country"], *self.tags)]


def iter_entries(query: Query) -> Generator[Entry, None, None]:
    """Yield all practices that match a query, in its order, ignoring its page and size.

    They are read in batches; those removed meanwhile are omitted.
    """
    if not parse_text(query.q):
        # As on the search page: a text without words neither filters nor orders.
        query = replace(query, q="")
    keys = engine().iter_keys(query)
    while batch := list(islice(keys, BATCH_SIZE)):
        yield from entries(batch, query.lang)


def entries(keys: Iterable[UUID], lang: str) -> list[Entry]:
    """Return these practices in the given order, without those that are not public."""
    ordered_keys = list(keys)
    records = {record.key: record for record in Record.objects.by_key(ordered_keys).without_terms()}
    origins = _origins(records.values(), lang)
    facet_labels, labels_by_fact = labels(lang), fact_labels(lang)
    return [
        _entry(records[key], lang, facet_labels, labels_by_fact, origins.get(key))
        for key in ordered_keys
        if key in records
    ]


def entry(key: UUID, lang: str) -> Entry | None:
    """Return one practice, None if it is not public."""
    return next(iter(entries([key], lang)), None)


def _entry(
    record: Record, lang: str, facet_labels: Labels, labels_by_fact: Labels, origin: Origin | None
) -> Entry:
    language, text = _text(record, lang)
    # In whole seconds, as the change: else what was published and changed at once would seem to be changed before.
    published_at = (record.first_published or changed_at(record.change)).replace(microsecond=0)
    facts: dict[str, Any] = record.document["facts"]

    def labels_of(facet: str, codes: list[str]) -> list[Label]:
        return [Label(code, facet_labels[facet].get(code, code)) for code in codes]

    def fact(name: str) -> Any:
        value = facts[name]
        return (
            Label(str(value), labels_by_fact[name].get(str(value), str(value)))
            if name in labels_by_fact
            else value
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
        codes={facet: labels_of(facet, record.facets.get(facet, [])) for facet in FACETS},
        facts={name: fact(name) for name in facts if name not in LINEAGE},
        # Reordered, since PostgreSQL does not keep the order of keys in JSON.
        texts={
            field.name: text["fields"][field.name]
            for field in kind_of(record.kind).texts
            if field.name in text["fields"]
        },
        parts=text["parts"],
        year=record.year,
        first_published=published_at,
        changed=max(published_at, changed_at(record.change)),
        adopted_by=labels_of("country", facts.get("adopted_by", [])),
        origin=origin,
        untranslated=text.get("untranslated", {}),
    )


def _origins(records: Iterable[Record], lang: str) -> dict[UUID, Origin]:
    """Return key of a practice -> the practice that it was adopted from, if that is public."""
    keys = {
        record.key: UUID(key) for record in records if (key := record.document["facts"].get("adopted_from"))
    }
    origins = {origin.key: origin for origin in Record.objects.by_key(list(keys.values())).without_terms()}
    return {
        key: Origin(origin, _text(origins[origin], lang)[1]["title"], absolute(permanent_path(origin)))
        for key, origin in keys.items()
        if origin in origins
    }


def _text(record: Record, lang: str) -> tuple[str, dict[str, Any]]:
    """Return the language in which a reader of `lang` sees the record, and its texts in that language."""
    languages = record.document["languages"]
    language = lang if lang in languages else record.document["original"]
    return language, languages[language]


def changed_at(change: int) -> datetime:
    """Return the time of a change in seconds; a content version is a time in microseconds (core.versions)."""
    return datetime.fromtimestamp(change // 1_000_000, UTC)
