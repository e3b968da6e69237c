"""What records say on each point, in rows: the table of a comparison and of a brief."""

from dataclasses import dataclass
from datetime import date

from exports.entries import Entry
from indexing.facets import FACETS
from indexing.kinds import Kind, Label, kind_of
from indexing.points import Point, PointGroup, date_point, facet_point, fact_point, text_point


@dataclass(frozen=True)
class Value:
    """A line of a cell; `shared` where every record has it."""

    label: str
    shared: bool


@dataclass(frozen=True)
class Cell:
    """What one record says; `language` where it is in the record's own words."""

    values: list[Value]
    language: str = ""


@dataclass(frozen=True)
class Row:
    """One point of comparison: a cell for each record. Texts are not compared by value."""

    label: Label
    cells: list[Cell]
    is_text: bool = False

    @property
    def differs(self) -> bool:
        return not self.is_text and any(not value.shared for cell in self.cells for value in cell.values)


@dataclass(frozen=True)
class Group:
    label: Label
    rows: list[Row]


def comparison_groups(entries: list[Entry], *, only_differences: bool = False) -> list[Group]:
    """Return the points in which the records can be compared, in the groups of the first one's kind; what none of them says
    is left out."""
    groups = []
    for group in point_groups(kind_of(entries[0].kind)) if entries else ():
        rows = [_row(point, entries) for point in group.points]
        shown = [
            row
            for row in rows
            if any(cell.values for cell in row.cells) and (row.differs or not only_differences)
        ]
        if shown:
            groups.append(Group(group.label, shown))
    return groups


def point_groups(kind: Kind) -> tuple[PointGroup, ...]:
    """Return the points that the kind lists; where it lists none, its facets, facts and texts as they are."""
    facets = [facet_point(FACETS[name].label, name) for name in kind.facets]
    facts = [(date_point if fact.type is date else fact_point)(fact.label, fact.name) for fact in kind.facts]
    texts = [text_point(text.label, text.name, is_long=True) for text in kind.texts]
    return kind.comparison or (PointGroup(kind.label, (*facets, *facts, *texts)),)


def _row(point: Point, entries: list[Entry]) -> Row:
    told = [point.lines(entry) for entry in entries]
    in_all = set.intersection(*map(set, told)) if told else set()
    cells = [
        Cell(
            [Value(line, line in in_all) for line in lines],
            entry.language_of(point.text) if point.text else "",
        )
        for lines, entry in zip(told, entries, strict=True)
    ]
    return Row(point.label, cells, point.is_long)
