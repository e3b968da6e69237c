"""The columns of a table of records, for CSV and XLSX. Codes have a column beside their labels; several values share a
cell. Records contain no contacts, so no column can export them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.labels import Label
from core.spreadsheets import CellValue
from exports.entries import Entry
from indexing.facets import FACETS
from indexing.kinds import Fact, Kind, Text, kinds

SEPARATOR = "; "
FILTERS = [name for name in FACETS if name not in ("kind", "language", "year")]
# Facts and texts with a fixed position among the columns.
FIELDS_WITH_FIXED_POSITION = ("end_year", "lead_organisation", "last_verified")
# Keys of a list item whose values come first in its line, and those that follow.
LEADING_KEYS = ("title", "name", "baseline", "value", "unit")
TRAILING_KEYS = ("contribution", "publisher", "year", "source", "url")
# Labels of fields that every record has, unless its kind overrides them.
COMMON: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": capfirst(_("summary")),
    "start_year": FACETS["year"].label,
    "content_licence": capfirst(_("licence of this text")),
}


@dataclass(frozen=True)
class Column:
    """A column: its heading (lazy, in the language active when it is evaluated) and a function for the value of a record."""

    heading: str | Promise
    cell: Callable[[Entry], CellValue]


@dataclass(frozen=True)
class Table:
    """The columns of an export, and their headings in the language active when the table was created."""

    columns: list[Column]
    headings: list[str]

    def cells(self, entry: Entry) -> list[CellValue]:
        return [column.cell(entry) for column in self.columns]


def table_of(kind: Kind | None) -> Table:
    """Return the table of records of a kind, of several kinds for None."""
    table_columns = columns(kind)
    return Table(table_columns, [str(column.heading) for column in table_columns])


def _label_and_code_columns(
    heading: str | Promise, labels: Callable[[Entry], Iterable[Label]]
) -> list[Column]:
    """Return a column of labels and one of their codes."""
    return [
        Column(heading, lambda entry: SEPARATOR.join(label.label for label in labels(entry))),
        Column(
            format_lazy(_("{heading} (code)"), heading=heading),
            lambda entry: SEPARATOR.join(label.code for label in labels(entry)),
        ),
    ]


def _facet(name: str, heading: str | Promise = "") -> list[Column]:
    return _label_and_code_columns(heading or FACETS[name].label, lambda entry: entry.codes[name])


def _fact(fact: Fact) -> list[Column]:
    if fact.choices:
        return _label_and_code_columns(
            fact.label, lambda entry: [entry.facts[fact.name]] if fact.name in entry.facts else []
        )
    if fact.type is date:
        return [Column(fact.label, lambda entry: _day(entry.facts.get(fact.name)))]
    return [Column(fact.label, lambda entry: entry.facts.get(fact.name))]


def _text(kind: Kind, text: Text) -> Column:
    if text.name in kind.lists:
        other_keys = [name for name in kind.lists[text.name] if name not in (*LEADING_KEYS, *TRAILING_KEYS)]
        return Column(
            text.label,
            lambda entry: SEPARATOR.join(_line(item, other_keys) for item in entry.parts.get(text.name, [])),
        )
    return Column(text.label, lambda entry: entry.texts.get(text.name, ""))


def _address(heading: str | Promise, address: Callable[[Entry], str]) -> Column:
    return Column(format_lazy(_("{heading} (address)"), heading=heading), address)


def _line(part: dict[str, object], other_keys: list[str]) -> str:
    """Return an item of a list (a source, a partner, a measured figure) as one line.

    Values are ordered by these keys, since PostgreSQL does not keep the order of keys in JSON.
    """
    baseline, figure, unit = (part.get(name, "") for name in ("baseline", "value", "unit"))
    figures = f"{baseline} → {figure} {unit}".removeprefix(" → ").strip() if figure else ""
    rest = (part.get(name) for name in (*TRAILING_KEYS, *other_keys))
    return ", ".join(str(value) for value in (part.get("title"), part.get("name"), figures, *rest) if value)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def columns(kind: Kind | None) -> list[Column]:
    """Return the columns of records of a kind: the common ones and the kind's own; only the common ones for None."""
    labels = COMMON | dict(kind.labels) if kind else COMMON
    return [
        Column(_("Key"), lambda entry: str(entry.key)),
        *_facet("kind"),
        Column(labels["title"], lambda entry: entry.title),
        Column(labels["summary"], lambda entry: entry.summary),
        *_label_and_code_columns(
            _("Language of the text"),
            lambda entry: (label for label in entry.codes["language"] if label.code == entry.title_language),
        ),
        *_facet("language", _("Languages")),
        *(column for name in _filters(kind) for column in _facet(name)),
        *([Column(labels["start_year"], lambda entry: entry.year)] if "year" in _facets_of(kind) else []),
        *(_columns_of_kind(kind) if kind else []),
        Column(_("First published"), lambda entry: timezone.localdate(entry.first_published)),
        Column(_("Last changed"), lambda entry: timezone.localdate(entry.changed)),
        Column(_("Address"), lambda entry: entry.address),
        Column(_("Permanent address"), lambda entry: entry.permanent),
        _address(labels["content_licence"], lambda entry: entry.licence_address),
    ]


def _facets_of(kind: Kind | None) -> set[str]:
    """Return the facets that records of the kind use, or records of any kind for None."""
    return {name for each in ([kind] if kind else kinds()) for name in each.facets}


def _filters(kind: Kind | None) -> list[str]:
    return [name for name in FILTERS if name in _facets_of(kind)]


def _columns_of_kind(kind: Kind) -> list[Column]:
    """Return the columns of the kind's facts, texts and lineage."""
    return [
        *(column for fact in kind.facts if fact.name == "end_year" for column in _fact(fact)),
        *(_text(kind, text) for text in kind.texts if text.name == "lead_organisation"),
        *(
            column
            for fact in kind.facts
            if fact.name not in FIELDS_WITH_FIXED_POSITION
            for column in _fact(fact)
        ),
        *(_lineage(kind) if "adopted_from" in kind.labels else []),
        *(_text(kind, text) for text in kind.texts if text.name not in FIELDS_WITH_FIXED_POSITION),
        *(column for fact in kind.facts if fact.name == "last_verified" for column in _fact(fact)),
    ]


def _lineage(kind: Kind) -> list[Column]:
    return [
        *_label_and_code_columns(kind.labels["adopted_by"], lambda entry: entry.adopted_by),
        Column(kind.labels["adopted_from"], lambda entry: entry.origin.title if entry.origin else ""),
        _address(kind.labels["adopted_from"], lambda entry: entry.origin.permanent if entry.origin else ""),
    ]
