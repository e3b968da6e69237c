"""What must hold (issue 4), each in one place: a figure, its limit and the words for both."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

LARGE, SMALL = 100_000, 10_000
# At most so many times the bare query; at least so many times as fast as stock search.
TO_BARE = {"sqlite": 3.0, "postgresql": 4.0}
OF_STOCK = {"sqlite": 20.0, "postgresql": 3.0}
ALONE = 5.0
CACHED = 10.0


@dataclass(frozen=True)
class Verdict:
    """Whether a target is met. `at_least`: the figure may not be smaller than the limit, else not greater."""

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


def keep(verdicts: list[Verdict], file: Path) -> None:
    file.write_text(json.dumps([asdict(verdict) for verdict in verdicts]))


def kept(file: Path) -> list[Verdict]:
    return [Verdict(**row) for row in json.loads(file.read_text())]
