"""The columns of a table of records, one table for CSV and XLSX: codes stand beside their labels, several values of a
record in one cell. Contacts are in no record, so that no column can have them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.labels import Label
from exports.entries import Entry
from indexing.facets import FACETS
from indexing.kinds import Fact, Kind, Text, kinds

Cell = str | int | float | date | None
BETWEEN = "; "
FILTERS = [name for name in FACETS if name not in ("kind", "language", "year")]
# They have a place of their own among the columns.
PLACED = ("end_year", "lead_organisation", "last_verified")
# Of the values of an item of a list, those that begin its line and those that follow.
IN_FRONT = ("title", "name", "baseline", "value", "unit")
BEHIND = ("contribution", "publisher", "year", "source", "url")
# The names of what every record has, where a kind has no better ones.
COMMON: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": capfirst(_("summary")),
    "start_year": FACETS["year"].label,
    "content_licence": capfirst(_("licence of this text")),
}


@dataclass(frozen=True)
class Column:
    """Its heading, and what stands in it for a record. The heading is lazy: it is in the language that is active when
    it is asked for."""

    heading: str | Promise
    cell: Callable[[Entry], Cell]


@dataclass(frozen=True)
class Table:
    """The columns of an export, and their headings in the language that was active when it was asked for."""

    columns: list[Column]
    headings: list[str]

    def cells(self, entry: Entry) -> list[Cell]:
        return [column.cell(entry) for column in self.columns]


def table_of(kind: Kind | None) -> Table:
    """Return the table of records of a kind, of several kinds for None."""
    found = columns(kind)
    return Table(found, [str(column.heading) for column in found])


def _labelled(heading: str | Promise, labels: Callable[[Entry], Iterable[Label]]) -> list[Column]:
    """The words and, in the next column, their codes."""
    return [
        Column(heading, lambda entry: BETWEEN.join(label.label for label in labels(entry))),
        Column(
            format_lazy(_("{heading} (code)"), heading=heading),
            lambda entry: BETWEEN.join(label.code for label in labels(entry)),
        ),
    ]


def _facet(name: str, heading: str | Promise = "") -> list[Column]:
    return _labelled(heading or FACETS[name].label, lambda entry: entry.codes[name])


def _fact(fact: Fact) -> list[Column]:
    if fact.choices:
        return _labelled(
            fact.label, lambda entry: [entry.facts[fact.name]] if fact.name in entry.facts else []
        )
    if fact.type is date:
        return [Column(fact.label, lambda entry: _day(entry.facts.get(fact.name)))]
    return [Column(fact.label, lambda entry: entry.facts.get(fact.name))]


def _text(kind: Kind, text: Text) -> Column:
    if text.name in kind.lists:
        others = [name for name in kind.lists[text.name] if name not in (*IN_FRONT, *BEHIND)]
        return Column(
            text.label,
            lambda entry: BETWEEN.join(_line(item, others) for item in entry.parts.get(text.name, [])),
        )
    return Column(text.label, lambda entry: entry.texts.get(text.name, ""))


def _address(heading: str | Promise, address: Callable[[Entry], str]) -> Column:
    return Column(format_lazy(_("{heading} (address)"), heading=heading), address)


def _line(part: dict[str, object], others: list[str]) -> str:
    """An item of a list as words: a source, a partner, a measured figure, and what else a kind's lists hold by these names.
    PostgreSQL keeps no order of a part's values."""
    before, value, unit = (part.get(name, "") for name in ("baseline", "value", "unit"))
    figures = f"{before} → {value} {unit}".removeprefix(" → ").strip() if value else ""
    rest = (part.get(name) for name in (*BEHIND, *others))
    return ", ".join(str(said) for said in (part.get("title"), part.get("name"), figures, *rest) if said)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def columns(kind: Kind | None) -> list[Column]:
    """Return the columns of records of a kind: the common ones with the kind's own among them; the common ones alone where
    records may be of several kinds (None)."""
    labels = COMMON | dict(kind.labels) if kind else COMMON
    return [
        Column(_("Key"), lambda entry: str(entry.key)),
        *_facet("kind"),
        Column(labels["title"], lambda entry: entry.title),
        Column(labels["summary"], lambda entry: entry.summary),
        *_labelled(
            _("Language of the text"),
            lambda entry: (label for label in entry.codes["language"] if label.code == entry.title_language),
        ),
        *_facet("language", _("Languages")),
        *(column for name in _filters(kind) for column in _facet(name)),
        *([Column(labels["start_year"], lambda entry: entry.year)] if "year" in _filled(kind) else []),
        *(_own(kind) if kind else []),
        Column(_("First published"), lambda entry: timezone.localdate(entry.first_published)),
        Column(_("Last changed"), lambda entry: timezone.localdate(entry.changed)),
        Column(_("Address"), lambda entry: entry.address),
        Column(_("Permanent address"), lambda entry: entry.permanent),
        _address(labels["content_licence"], lambda entry: entry.licence_address),
    ]


def _filled(kind: Kind | None) -> set[str]:
    """Return the facets that records of the kind have codes of; of any kind (None)."""
    return {name for one in ([kind] if kind else kinds()) for name in one.facets}


def _filters(kind: Kind | None) -> list[str]:
    return [name for name in FILTERS if name in _filled(kind)]


def _own(kind: Kind) -> list[Column]:
    """The facts and texts of a kind, and where a record came from and went."""
    return [
        *(column for fact in kind.facts if fact.name == "end_year" for column in _fact(fact)),
        *(_text(kind, text) for text in kind.texts if text.name == "lead_organisation"),
        *(column for fact in kind.facts if fact.name not in PLACED for column in _fact(fact)),
        *(_lineage(kind) if "adopted_from" in kind.labels else []),
        *(_text(kind, text) for text in kind.texts if text.name not in PLACED),
        *(column for fact in kind.facts if fact.name == "last_verified" for column in _fact(fact)),
    ]


def _lineage(kind: Kind) -> list[Column]:
    return [
        *_labelled(kind.labels["adopted_by"], lambda entry: entry.adopted_by),
        Column(kind.labels["adopted_from"], lambda entry: entry.origin.title if entry.origin else ""),
        _address(kind.labels["adopted_from"], lambda entry: entry.origin.permanent if entry.origin else ""),
    ]
