"""The searchable content of a page, as a plain value passed from the page's app to the index."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class SearchContent:
    """The content of a public page in one language for search and results.

    `fields` are the plain texts by name, in the order a reader meets them, title and summary not among them;
    `name_fields` are those of them that are names of organisations and places: they weigh more, and are found in any alphabet;
    `keywords` are short names worth more than a text (tags, labels of countries and themes in both languages);
    `facets` are stable codes by facet name, without kind and language. What is neither searched nor filtered by but given to
    readers: `parts` are lists of plain values in this language (sources, partners, indicators), `facts` are the same in
    every language. `untranslated` says in which language a text is that is not in this one, by name, title and summary
    among them.
    """

    key: UUID
    kind: str
    language: str
    title: str
    summary: str
    url: str
    fields: dict[str, str]
    keywords: list[str]
    facets: dict[str, list[str]]
    first_published: datetime
    is_original: bool
    year: int | None = None
    parts: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    untranslated: dict[str, str] = field(default_factory=dict)
    name_fields: frozenset[str] = frozenset()
