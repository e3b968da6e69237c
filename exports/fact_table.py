"""What practices say on each point, in rows: the table of a comparison and of a brief."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from exports.entries import Entry
from indexing.facets import FACETS

Words = str | Promise


@dataclass(frozen=True)
class Value:
    """A line of a cell; `shared` where every practice has it."""

    label: str
    shared: bool


@dataclass(frozen=True)
class Cell:
    """What one practice says; `language` where it is in the practice's own words."""

    values: list[Value]
    language: str = ""


@dataclass(frozen=True)
class Row:
    """One point of comparison: a cell for each practice. Texts are not compared by value."""

    label: Words
    cells: list[Cell]
    is_text: bool = False

    @property
    def differs(self) -> bool:
        return not self.is_text and any(not value.shared for cell in self.cells for value in cell.values)


@dataclass(frozen=True)
class Group:
    label: Words
    rows: list[Row]


class Kind(Enum):
    FACT = "fact"  # in the reader's words
    LINE = "line"  # in the practice's own, short enough to be told apart
    TEXT = "text"  # in the practice's own


Take = Callable[[Entry], list[str]]


def compared(entries: list[Entry], *, only_differences: bool = False) -> list[Group]:
    """The points in which the practices can be compared, in groups; what none of them says is left out."""
    groups = []
    for label, points in POINTS:
        rows = [_row(name, take, kind, entries) for name, take, kind in points]
        shown = [
            row
            for row in rows
            if any(cell.values for cell in row.cells) and (row.differs or not only_differences)
        ]
        if shown:
            groups.append(Group(label, shown))
    return groups


def _language(take: Take, entry: Entry) -> str:
    """That of the text in which a line of the practice's own stands."""
    field = take.args[0] if isinstance(take, partial) else OWN_FIELD.get(take, "")
    return entry.language_of(field)


def _row(label: Words, take: Take, kind: Kind, entries: list[Entry]) -> Row:
    told = [take(entry) for entry in entries]
    in_all = set.intersection(*map(set, told)) if told else set()
    cells = [
        Cell(
            [Value(line, line in in_all) for line in lines],
            "" if kind is Kind.FACT else _language(take, entry),
        )
        for lines, entry in zip(told, entries, strict=True)
    ]
    return Row(label, cells, kind is Kind.TEXT)


def _codes(facet: str, entry: Entry) -> list[str]:
    return [label.label for label in entry.codes[facet]]


def _fact(name: str, entry: Entry) -> list[str]:
    value = entry.facts.get(name)
    return [] if value is None else [str(getattr(value, "label", value))]


def _text(name: str, entry: Entry) -> list[str]:
    return [line for line in entry.texts.get(name, "").splitlines() if line.strip()]


def _years(entry: Entry) -> list[str]:
    end = entry.facts.get("end_year")
    if entry.year and end:
        return [f"{entry.year}–{end}"]
    return [gettext("since %(year)s") % {"year": entry.year}] if entry.year else []


def _cost(entry: Entry) -> list[str]:
    lines = [f"{line} {entry.facts.get('currency', '')}".strip() for line in _fact("cost_range", entry)]
    return [*lines, *_text("cost_note", entry)]


def _readiness(entry: Entry) -> list[str]:
    level = entry.facts.get("technology_readiness")
    return [gettext("%(level)s of 9") % {"level": level}] if level else []


def _verified(entry: Entry) -> list[str]:
    day = parse_date(entry.facts.get("last_verified", ""))
    return [date_format(day, "DATE_FORMAT")] if day else []


def _sources(entry: Entry) -> list[str]:
    number = len(entry.parts.get("sources", []))
    return [number_format(number)] if number else []


def _indicators(entry: Entry) -> list[str]:
    return [_indicator(block) for block in entry.parts.get("indicators", [])]


def _indicator(block: dict[str, Any]) -> str:
    value = " ".join(str(block[name]) for name in ("value", "unit") if block.get(name))
    return f"{block.get('name', '')}: {value}"


def _adopted_by(entry: Entry) -> list[str]:
    return [label.label for label in entry.adopted_by]


OWN_FIELD: dict[Take, str] = {_cost: "cost_note", _indicators: "indicators"}
POINTS: list[tuple[Words, list[tuple[Words, Take, Kind]]]] = [
    (
        gettext_lazy("What and for whom"),
        [
            *(
                (FACETS[name].label, partial(_codes, name), Kind.FACT)
                for name in ("country", "theme", "type", "beneficiary", "sdg")
            ),
            (gettext_lazy("Lead organisation"), partial(_text, "lead_organisation"), Kind.LINE),
        ],
    ),
    (
        gettext_lazy("Time and scale"),
        [
            (FACETS["status"].label, partial(_codes, "status"), Kind.FACT),
            (pgettext_lazy("practice", "Years"), _years, Kind.FACT),
            (FACETS["scope"].label, partial(_codes, "scope"), Kind.FACT),
            (gettext_lazy("How far it has travelled"), partial(_fact, "transfer_rating"), Kind.FACT),
            (gettext_lazy("Adopted by"), _adopted_by, Kind.FACT),
        ],
    ),
    (
        gettext_lazy("Cost and means"),
        [
            (gettext_lazy("What it cost"), _cost, Kind.LINE),
            (gettext_lazy("Financing"), partial(_fact, "financing"), Kind.FACT),
            (gettext_lazy("Staff"), partial(_text, "staff"), Kind.LINE),
            (gettext_lazy("Connection"), partial(_fact, "connectivity"), Kind.FACT),
            (gettext_lazy("Technology"), partial(_fact, "technology_licence"), Kind.FACT),
            (gettext_lazy("Technology readiness"), _readiness, Kind.FACT),
        ],
    ),
    (
        gettext_lazy("Evidence"),
        [
            (FACETS["evidence"].label, partial(_codes, "evidence"), Kind.FACT),
            (gettext_lazy("Number of sources"), _sources, Kind.FACT),
            (gettext_lazy("Last verified"), _verified, Kind.FACT),
            (gettext_lazy("Figures"), _indicators, Kind.TEXT),
            (gettext_lazy("Results"), partial(_text, "results"), Kind.TEXT),
        ],
    ),
    (
        gettext_lazy("Before you adopt it"),
        [
            (gettext_lazy("What must be in place"), partial(_text, "preconditions"), Kind.TEXT),
            (gettext_lazy("What failed, and what was difficult"), partial(_text, "difficulties"), Kind.TEXT),
            (gettext_lazy("Lessons"), partial(_text, "lessons"), Kind.TEXT),
            (gettext_lazy("Advice for those who adopt it"), partial(_text, "adaptation_advice"), Kind.TEXT),
            (gettext_lazy("Legal context"), partial(_text, "legal_context"), Kind.TEXT),
        ],
    ),
]
