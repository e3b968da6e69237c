"""The gap matrix: what each SPECA country shares on each theme, and where it shares nothing, who nearby does."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from insights.practices import of_practices
from search.engines import engine
from search.labels import labels, speca_countries, top_themes
from search.page import search_url
from search.query import Query
from taxonomy.neighbours import NEIGHBOURS

# What a cell's count can be taken apart by.
PARTED_BY = ("status", "evidence")
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Part:
    """A number that is a search: of a cell's practices by status, or of a neighbour's."""

    code: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Cell:
    """One country on one theme. `nearby` and `elsewhere` only where the country has nothing."""

    country: str
    count: int
    url: str
    parts: list[Part] = field(default_factory=list)
    nearby: list[Part] = field(default_factory=list)
    elsewhere: Part | None = None


@dataclass(frozen=True)
class Row:
    code: str
    label: str
    total: int
    url: str
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    countries: list[Part]
    rows: list[Row]

    @property
    def most(self) -> int:
        """The largest count of a cell, at least 1: what shades are drawn against."""
        return max((cell.count for row in self.rows for cell in row.cells), default=0) or 1

    @property
    def gaps(self) -> int:
        """How many cells have nothing."""
        return sum(not cell.count for row in self.rows for cell in row.cells)


def matrix(query: Query, by: str = "") -> Matrix:
    """The matrix of the practices that answer `query`, whose own countries and themes do not matter; `by` takes each count
    apart by that facet."""
    query = of_practices(query).with_values("country", []).with_values("theme", [])
    return _Maker(query, by).matrix()


class _Maker:
    def __init__(self, query: Query, by: str) -> None:
        self.query, self.by = replace(query, size=1), by
        self.words = labels(query.lang)
        self.everything = self._themes(self.query)
        self.countries = {country.code: country.label(query.lang) for country in speca_countries()}
        # Each country is asked for once: its total, its themes and what they are taken apart by come from one answer.
        self.found = {code: engine().search(self._of(code)) for code in self.countries}
        self.counts = {code: found.counts["theme"] for code, found in self.found.items()}
        # Country -> code of `by` -> theme -> count
        self.parted = {code: dict(self._parted(code)) for code in self.countries} if by else {}

    def matrix(self) -> Matrix:
        return Matrix(
            countries=[
                Part(code, label, self.found[code].total, search_url(self._of(code)))
                for code, label in self.countries.items()
            ],
            rows=[
                Row(
                    theme,
                    self.words["theme"][theme],
                    self.everything.get(theme, 0),
                    search_url(self.query.with_values("theme", [theme])),
                    [self._cell(code, theme) for code in self.countries],
                )
                for theme, top in top_themes().items()
                if theme == top
            ],
        )

    def _cell(self, country: str, theme: str) -> Cell:
        count = self.counts[country].get(theme, 0)
        asked = self._of(country).with_values("theme", [theme])
        if count:
            return Cell(country, count, search_url(asked), parts=list(self._parts(country, theme, asked)))
        near = (code for code in NEIGHBOURS.get(country, ()) if code in self.countries)
        nearby = [self._other(code, theme) for code in near]
        nearby = sorted((part for part in nearby if part.count), key=lambda part: (-part.count, part.code))
        anywhere = self.everything.get(theme, 0)
        url = search_url(self.query.with_values("theme", [theme]))
        elsewhere = Part(theme, "", anywhere, url) if anywhere and not nearby else None
        return Cell(country, 0, search_url(asked), nearby=nearby, elsewhere=elsewhere)

    def _parts(self, country: str, theme: str, asked: Query) -> Iterator[Part]:
        for code, themes in self.parted.get(country, {}).items():
            if count := themes.get(theme, 0):
                url = search_url(asked.with_values(self.by, [code]))
                yield Part(code, self.words[self.by].get(code, code), count, url)

    def _other(self, country: str, theme: str) -> Part:
        asked = self._of(country).with_values("theme", [theme])
        return Part(country, self.countries[country], self.counts[country].get(theme, 0), search_url(asked))

    def _parted(self, country: str) -> Iterator[tuple[str, dict[str, int]]]:
        asked = self._of(country)
        counts = self.found[country].counts[self.by]
        chosen = self.query.values(self.by)
        for code in self.words[self.by]:
            if counts.get(code) and (not chosen or code in chosen):
                yield code, self._themes(asked.with_values(self.by, [code]))

    def _of(self, country: str) -> Query:
        return self.query.with_values("country", [country])

    @staticmethod
    def _themes(query: Query) -> dict[str, int]:
        return engine().search(query).counts["theme"]


def table(made: Matrix, heading: str) -> list[list[str | int]]:
    """The matrix as rows of plain values: themes down, countries with their codes across."""
    rows: list[list[str | int]] = [
        [heading, *(f"{country.label} ({country.code})" for country in made.countries)]
    ]
    for row in made.rows:
        rows.append([f"{row.label} ({row.code})", *(cell.count for cell in row.cells)])
    return rows
