"""The columns of a table of practices, one table for CSV and XLSX: codes stand beside their labels, several values of a
practice in one cell. Contacts are in no record, so that no column can have them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.labels import Label
from exports.entries import Entry
from indexing.facets import FACETS
from indexing.kinds import Fact, Kind, Text, kinds

Cell = str | int | float | date | None
BETWEEN = "; "
FILTERS = [name for name in FACETS if name not in ("kind", "language", "year")]
# They have a place of their own among the columns.
PLACED = ("end_year", "lead_organisation")


@dataclass(frozen=True)
class Column:
    """Its heading, and what stands in it for a practice. The heading is lazy: it is in the language that is active when
    it is asked for."""

    heading: Any
    cell: Callable[[Entry], Cell]


def headings() -> list[str]:
    """The row above all, in the active language."""
    return [str(column.heading) for column in columns()]


def cells(entry: Entry) -> list[Cell]:
    return [column.cell(entry) for column in columns()]


def _labelled(heading: Any, labels: Callable[[Entry], Iterable[Label]]) -> list[Column]:
    """The words and, in the next column, their codes."""
    return [
        Column(heading, lambda entry: BETWEEN.join(label.label for label in labels(entry))),
        Column(
            format_lazy(_("{heading} (code)"), heading=heading),
            lambda entry: BETWEEN.join(label.code for label in labels(entry)),
        ),
    ]


def _facet(name: str, heading: Any = "") -> list[Column]:
    return _labelled(heading or FACETS[name].label, lambda entry: entry.codes[name])


def _fact(fact: Fact) -> list[Column]:
    if fact.choices:
        return _labelled(
            fact.label, lambda entry: [entry.facts[fact.name]] if fact.name in entry.facts else []
        )
    return [Column(fact.label, lambda entry: entry.facts.get(fact.name))]


def _text(text: Text) -> Column:
    if text.is_list:
        return Column(text.label, lambda entry: BETWEEN.join(map(_line, entry.parts.get(text.name, []))))
    return Column(text.label, lambda entry: entry.texts.get(text.name, ""))


def _address(heading: Any, address: Callable[[Entry], str]) -> Column:
    return Column(format_lazy(_("{heading} (address)"), heading=heading), address)


def _line(part: dict[str, Any]) -> str:
    """A source, a partner or a measured figure as words. PostgreSQL keeps no order of a part's values."""
    before, value, unit = (part.get(name, "") for name in ("baseline", "value", "unit"))
    figures = f"{before} → {value} {unit}".removeprefix(" → ").strip() if value else ""
    rest = (part.get(name) for name in ("contribution", "publisher", "year", "source", "url"))
    return ", ".join(str(said) for said in (part.get("title"), part.get("name"), figures, *rest) if said)


def _verified(entry: Entry) -> date | None:
    day = entry.facts.get("last_verified")
    return date.fromisoformat(day) if day else None


@cache
def columns() -> list[Column]:
    """All columns in their order. Those of a kind's own stand among them, since there is one kind; not before every kind is
    registered."""
    (kind,) = kinds()
    labels = kind.labels
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
        *(column for name in FILTERS for column in _facet(name)),
        Column(labels["start_year"], lambda entry: entry.year),
        *_own(kind),
        Column(labels["last_verified"], _verified),
        Column(_("First published"), lambda entry: timezone.localdate(entry.first_published)),
        Column(_("Last changed"), lambda entry: timezone.localdate(entry.changed)),
        Column(_("Address"), lambda entry: entry.address),
        Column(_("Permanent address"), lambda entry: entry.permanent),
        _address(labels["content_licence"], lambda entry: entry.licence_address),
    ]


def _own(kind: Kind) -> list[Column]:
    """The facts and texts of a kind, and where a practice came from and went."""
    facts = {fact.name: fact for fact in kind.facts}
    texts = {text.name: text for text in kind.texts}
    return [
        *_fact(facts["end_year"]),
        _text(texts["lead_organisation"]),
        *(column for fact in kind.facts if fact.name not in PLACED for column in _fact(fact)),
        *_labelled(kind.labels["adopted_by"], lambda entry: entry.adopted_by),
        Column(kind.labels["adopted_from"], lambda entry: entry.origin.title if entry.origin else ""),
        _address(kind.labels["adopted_from"], lambda entry: entry.origin.permanent if entry.origin else ""),
        *(_text(text) for text in kind.texts if text.name not in PLACED),
    ]
