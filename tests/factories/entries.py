"""A practice as exports, citations and feeds take it (exports.entries), without a database; and records without pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from core.labels import Label
from core.searchable import SearchContent
from core.versions import next_version
from exports.entries import Entry
from indexing.facets import FACETS
from indexing.models import Record
from indexing.records import populate_record, update_lexicon

KEY = UUID("0f3b8a52-7c1d-4e9a-8b6f-3f9c01d2a4b6")
CODES = {
    "country": [Label("KZ", "Kazakhstan"), Label("KG", "Kyrgyzstan")],
    "theme": [Label("digital-skills", "Digital skills")],
    "tag": [Label("schools", "schools")],
}
PLAIN = Entry(
    key=KEY,
    kind="practice",
    language="en",
    languages=["en"],
    original="en",
    title="Schools online",
    summary="Every school has a line.",
    address="http://127.0.0.1:8000/en/practices/kazakhstan/schools-online/",
    permanent=f"http://127.0.0.1:8000/p/{KEY}",
    codes={facet: CODES.get(facet, []) for facet in FACETS},
    facts={"content_licence": Label("cc-by-4.0", "CC BY 4.0")},
    texts={"challenge": "Few were connected.", "lead_organisation": "Ministry of Connection"},
    parts={"sources": [{"title": "Annual report", "publisher": "Ministry", "year": 2025}]},
    year=2020,
    first_published=datetime(2026, 3, 5, 20, tzinfo=UTC),
    changed=datetime(2026, 11, 20, 8, tzinfo=UTC),
    adopted_by=[],
)


def led_by(*names: str, partners: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of an entry with these lead organisations and partners."""
    organisations = [{"role": "lead", "name": name} for name in names]
    organisations += [{"role": "partner", "name": name} for name in partners]
    return {
        "texts": PLAIN.texts | {"lead_organisation": "; ".join(names)},
        "parts": PLAIN.parts
        | {"organisations": organisations, "partners": [{"name": name} for name in partners]},
    }


def an_entry(**fields: Any) -> Entry:
    """A plain one with these fields."""
    return replace(PLAIN, **fields)


def records(practices: list[dict[str, Any]]) -> None:
    """Records of as many practices, each with these fields, the last the newest; quicker than by their pages."""
    rows = [_record(number, fields) for number, fields in enumerate(practices, start=1)]
    Record.objects.bulk_create(rows)
    update_lexicon([_content(number, fields) for number, fields in enumerate(practices, start=1)])
    next_version()


def _content(number: int, fields: dict[str, Any]) -> SearchContent:
    plain = SearchContent(
        key=UUID(int=number),
        kind="practice",
        language="en",
        title="Schools online",
        summary="Every school has a line.",
        url=f"/en/practices/kazakhstan/{number}/",
        fields={"challenge": "Few were connected."},
        keywords=[],
        facets={name: [] for name in FACETS} | {"country": ["KZ"]},
        first_published=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number),
        is_original=True,
    )
    return replace(plain, **fields)


def _record(number: int, fields: dict[str, Any]) -> Record:
    content = _content(number, fields)
    record = Record(key=content.key, version=1, change=number, appeared=number)
    populate_record(record, [content])
    return record
