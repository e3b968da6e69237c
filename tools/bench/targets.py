"""What must hold (issue 4), each in one place: a figure, its limit and the words for both."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

LARGE, SMALL = 100_000, 10_000
# The largest ratio to the bare query, the smallest speed-up over stock search, the largest ratio of filters alone to a
# query of two words, and the smallest speed-up of a cached page.
MAX_RATIO_TO_BARE = {"sqlite": 3.0, "postgresql": 4.0}
# An aim: Tantivy is written in Rust.
MAX_RATIO_TO_TANTIVY = 2.0
MIN_SPEEDUP_OVER_STOCK = {"sqlite": 20.0, "postgresql": 3.0}
MAX_RATIO_OF_FILTERS_ALONE = 5.0
MIN_SPEEDUP_OF_CACHED = 10.0
# The largest ratio of a page whose visits are counted to the same page without (issue 17).
MAX_RATIO_OF_COUNTED = 1.05


@dataclass(frozen=True)
class Verdict:
    """A measured figure and its limit: a minimum if `at_least`, else a maximum."""

    what: str
    figure: float
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        return f"{'met   ' if self.met else 'MISSED'}  {self.what}: {self.figure:.2f}, {bound} {self.limit:g}"


def save_verdicts(verdicts: list[Verdict], file: Path) -> None:
    file.write_text(json.dumps([asdict(verdict) for verdict in verdicts]))


def load_verdicts(file: Path) -> list[Verdict]:
    return [Verdict(**row) for row in json.loads(file.read_text())]
