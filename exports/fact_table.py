"""The table of a comparison and of a brief: one row for each point, one cell for each record."""

from dataclasses import dataclass
from datetime import date

from exports.entries import Entry
from indexing.facets import FACETS
from indexing.kinds import Kind, Label, kind_of
from indexing.points import Point, PointGroup, date_point, facet_point, fact_point, text_point


@dataclass(frozen=True)
class Value:
    """A line of a cell; `shared` if every record has it."""

    label: str
    shared: bool


@dataclass(frozen=True)
class ComparisonCell:
    """The lines of one record; `language` is set if they are a text of the record."""

    values: list[Value]
    language: str = ""


@dataclass(frozen=True)
class ComparisonRow:
    """One point of comparison: a cell for each record. Texts are not compared by value."""

    label: Label
    cells: list[ComparisonCell]
    is_text: bool = False

    @property
    def differs(self) -> bool:
        return not self.is_text and any(not value.shared for cell in self.cells for value in cell.values)


@dataclass(frozen=True)
class Group:
    label: Label
    rows: list[ComparisonRow]


def comparison_groups(entries: list[Entry], *, only_differences: bool = False) -> list[Group]:
    """Return the rows in which the records can be compared, in the groups of the first record's kind, without empty rows."""
    groups = []
    for group in point_groups(kind_of(entries[0].kind)) if entries else ():
        rows = [_row(point, entries) for point in group.points]
        visible_rows = [
            row
            for row in rows
            if any(cell.values for cell in row.cells) and (row.differs or not only_differences)
        ]
        if visible_rows:
            groups.append(Group(group.label, visible_rows))
    return groups


def point_groups(kind: Kind) -> tuple[PointGroup, ...]:
    """Return the points listed by the kind, by default its facets, facts and texts."""
    facets = [facet_point(FACETS[name].label, name) for name in kind.facets]
    facts = [(date_point if fact.type is date else fact_point)(fact.label, fact.name) for fact in kind.facts]
    texts = [text_point(text.label, text.name, is_long=True) for text in kind.texts]
    return kind.comparison or (PointGroup(kind.label, (*facets, *facts, *texts)),)


def _row(point: Point, entries: list[Entry]) -> ComparisonRow:
    lines_by_entry = [point.lines(entry) for entry in entries]
    in_all = set.intersection(*map(set, lines_by_entry)) if lines_by_entry else set()
    cells = [
        ComparisonCell(
            [Value(line, line in in_all) for line in lines],
            entry.language_of(point.text) if point.text else "",
        )
        for lines, entry in zip(lines_by_entry, entries, strict=True)
    ]
    return ComparisonRow(point.label, cells, point.is_long)
