"""The columns of a table of practices, one table for CSV and XLSX: codes stand beside their labels, several values of a
practice in one cell. Contacts are in no record, so that no column can have them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.labels import Label
from exports.entries import Entry
from indexing.facets import FACETS
from practices.content import FACTS, ORDER, PARTS, PLACE
from practices.models import PracticePage
from search.vocabulary import FACET_LABELS, FACT_CHOICES

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
    return [str(column.heading) for column in COLUMNS]


def cells(entry: Entry) -> list[Cell]:
    return [column.cell(entry) for column in COLUMNS]


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
    return _labelled(heading or FACET_LABELS[name], lambda entry: entry.codes[name])


def _fact(name: str) -> list[Column]:
    if name in FACT_CHOICES:
        return _labelled(_heading(name), lambda entry: [entry.facts[name]] if name in entry.facts else [])
    return [Column(_heading(name), lambda entry: entry.facts.get(name))]


def _text(name: str) -> Column:
    if name in PARTS:
        return Column(_heading(name), lambda entry: BETWEEN.join(map(_line, entry.parts.get(name, []))))
    return Column(_heading(name), lambda entry: entry.texts.get(name, ""))


def _heading(field: str) -> Any:
    return capfirst(PracticePage._meta.get_field(field).verbose_name)


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


COLUMNS = [
    Column(_("Key"), lambda entry: str(entry.key)),
    *_facet("kind"),
    Column(_heading("title"), lambda entry: entry.title),
    Column(_heading("summary"), lambda entry: entry.summary),
    *_labelled(
        _("Language of the text"),
        lambda entry: (label for label in entry.codes["language"] if label.code == entry.title_language),
    ),
    *_facet("language", _("Languages")),
    *(column for name in FILTERS for column in _facet(name)),
    Column(_heading("start_year"), lambda entry: entry.year),
    *_fact("end_year"),
    _text("lead_organisation"),
    *(column for name in (*FACTS, *PLACE) if name not in PLACED for column in _fact(name)),
    *_labelled(_heading("adopted_by"), lambda entry: entry.adopted_by),
    Column(_heading("adopted_from"), lambda entry: entry.origin.title if entry.origin else ""),
    _address(_heading("adopted_from"), lambda entry: entry.origin.permanent if entry.origin else ""),
    *(_text(name) for name in ORDER if name not in PLACED),
    Column(_heading("last_verified"), _verified),
    Column(_("First published"), lambda entry: timezone.localdate(entry.first_published)),
    Column(_("Last changed"), lambda entry: timezone.localdate(entry.changed)),
    Column(_("Address"), lambda entry: entry.address),
    Column(_("Permanent address"), lambda entry: entry.permanent),
    _address(_heading("content_licence"), lambda entry: entry.licence_address),
]
