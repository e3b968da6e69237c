"""The gap matrix: how many practices each SPECA country has on each theme and, for gaps, which neighbours have some."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from insights.practices import of_practices
from search.engines import engine
from search.labels import labels, speca_countries, top_themes
from search.page import search_url
from search.query import Query
from taxonomy.neighbours import NEIGHBOURS

# The facets by which the count of a cell can be broken down.
BREAKDOWN_FACETS = ("status", "evidence")
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class LinkedCount:
    """A count and the search that returns it: a cell's practices of one status, or a neighbour's practices."""

    code: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class MatrixCell:
    """The count of one country on one theme. `nearby` and `elsewhere` are set only if it is zero."""

    country: str
    count: int
    url: str
    parts: list[LinkedCount] = field(default_factory=list)
    nearby: list[LinkedCount] = field(default_factory=list)
    elsewhere: LinkedCount | None = None


@dataclass(frozen=True)
class MatrixRow:
    code: str
    label: str
    total: int
    url: str
    cells: list[MatrixCell]


@dataclass(frozen=True)
class Matrix:
    countries: list[LinkedCount]
    rows: list[MatrixRow]

    @property
    def most(self) -> int:
        """Return the largest count of a cell, at least 1; the shades of the cells are relative to it."""
        return max((cell.count for row in self.rows for cell in row.cells), default=0) or 1

    @property
    def gaps(self) -> int:
        """Return the number of cells with no practices."""
        return sum(not cell.count for row in self.rows for cell in row.cells)


def matrix(query: Query, by: str = "") -> Matrix:
    """Return the matrix of the practices that match `query`, ignoring its countries and themes.

    `by` is the facet by which each count is broken down, or empty.
    """
    query = of_practices(query).with_values("country", []).with_values("theme", [])
    return _MatrixBuilder(query, by).matrix()


class _MatrixBuilder:
    def __init__(self, query: Query, by: str) -> None:
        self.query, self.by = replace(query, size=1), by
        self.facet_labels = labels(query.lang)
        self.everything = self._themes(self.query)
        self.countries = {country.code: country.label(query.lang) for country in speca_countries()}
        # One query per country gives its total, its themes and the codes of the breakdown facet.
        self.results = {code: engine().search(self._of(code)) for code in self.countries}
        self.counts = {code: results.counts["theme"] for code, results in self.results.items()}
        # Country -> code of `by` -> theme -> count
        self.breakdowns = {code: dict(self._breakdown(code)) for code in self.countries} if by else {}

    def matrix(self) -> Matrix:
        return Matrix(
            countries=[
                LinkedCount(code, label, self.results[code].total, search_url(self._of(code)))
                for code, label in self.countries.items()
            ],
            rows=[
                MatrixRow(
                    theme,
                    self.facet_labels["theme"][theme],
                    self.everything.get(theme, 0),
                    search_url(self.query.with_values("theme", [theme])),
                    [self._cell(code, theme) for code in self.countries],
                )
                for theme, top in top_themes().items()
                if theme == top
            ],
        )

    def _cell(self, country: str, theme: str) -> MatrixCell:
        count = self.counts[country].get(theme, 0)
        query = self._of(country).with_values("theme", [theme])
        if count:
            return MatrixCell(
                country, count, search_url(query), parts=list(self._parts(country, theme, query))
            )
        neighbours = (code for code in NEIGHBOURS.get(country, ()) if code in self.countries)
        nearby = [self._neighbour(code, theme) for code in neighbours]
        nearby = sorted(
            (neighbour for neighbour in nearby if neighbour.count),
            key=lambda neighbour: (-neighbour.count, neighbour.code),
        )
        total = self.everything.get(theme, 0)
        url = search_url(self.query.with_values("theme", [theme]))
        elsewhere = LinkedCount(theme, "", total, url) if total and not nearby else None
        return MatrixCell(country, 0, search_url(query), nearby=nearby, elsewhere=elsewhere)

    def _parts(self, country: str, theme: str, query: Query) -> Iterator[LinkedCount]:
        for code, themes in self.breakdowns.get(country, {}).items():
            if count := themes.get(theme, 0):
                url = search_url(query.with_values(self.by, [code]))
                yield LinkedCount(code, self.facet_labels[self.by].get(code, code), count, url)

    def _neighbour(self, country: str, theme: str) -> LinkedCount:
        query = self._of(country).with_values("theme", [theme])
        return LinkedCount(
            country, self.countries[country], self.counts[country].get(theme, 0), search_url(query)
        )

    def _breakdown(self, country: str) -> Iterator[tuple[str, dict[str, int]]]:
        query = self._of(country)
        counts = self.results[country].counts[self.by]
        chosen = self.query.values(self.by)
        for code in self.facet_labels[self.by]:
            if counts.get(code) and (not chosen or code in chosen):
                yield code, self._themes(query.with_values(self.by, [code]))

    def _of(self, country: str) -> Query:
        return self.query.with_values("country", [country])

    @staticmethod
    def _themes(query: Query) -> dict[str, int]:
        return engine().search(query).counts["theme"]


def matrix_rows(matrix: Matrix, heading: str) -> list[list[str | int]]:
    """Return the matrix as rows of plain values: a row for each theme, a column for each country."""
    rows: list[list[str | int]] = [
        [heading, *(f"{country.label} ({country.code})" for country in matrix.countries)]
    ]
    for row in matrix.rows:
        rows.append([f"{row.label} ({row.code})", *(cell.count for cell in row.cells)])
    return rows
