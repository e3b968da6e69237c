"""Times several ways to answer the same questions, one after the other, so that noise hits all alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from search.question import Question

Ask = Callable[[Question], int]
ROUNDS = 5


class TotalsDiffer(Exception):
    """Two ways find different numbers: comparing their times would mean nothing."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one way by question, each the median of its rounds."""

    name: str
    by_question: list[float]

    @property
    def median(self) -> float:
        return median(self.by_question)

    @property
    def slowest(self) -> float:
        return max(self.by_question)

    def __str__(self) -> str:
        return f"{self.name:<28} median {self.median:9.2f} ms   95th percentile {percentile(self.by_question, 95):9.2f} ms"


@dataclass(frozen=True)
class Ratio:
    """How many times one way takes the time of another, question by question."""

    first: Timing
    second: Timing

    @property
    def by_question(self) -> list[float]:
        return [a / b for a, b in zip(self.first.by_question, self.second.by_question, strict=True)]

    @property
    def median(self) -> float:
        return median(self.by_question)

    def __str__(self) -> str:
        low, high = percentile(self.by_question, 25), percentile(self.by_question, 75)
        return (
            f"{self.first.name} / {self.second.name}: median {self.median:.2f}, half of them {low:.2f} to {high:.2f}, "
            f"95th percentile {percentile(self.by_question, 95):.2f}, of the medians {self.first.median / self.second.median:.2f}"
        )


def spread(values: list[float] | list[int]) -> str:
    """Least, quartiles and most, in words."""
    low, middle, high = (percentile(values, percent) for percent in (25, 50, 75))
    return f"{min(values):.4g} to {max(values):.4g} (quartiles {low:.4g}, {middle:.4g}, {high:.4g})"


def percentile(values: list[float] | list[int], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def compare(ways: dict[str, Ask], questions: list[Question], rounds: int = ROUNDS) -> dict[str, Timing]:
    """Name -> timing. The first round warms all up and is not counted. Raises TotalsDiffer."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for question in questions:
        _ask_all(ways, question)
    for question in questions:
        taken = [_ask_all(ways, question) for _ in range(rounds)]
        for name, each in times.items():
            each.append(median(one[name] for one in taken))
    return {name: Timing(name, each) for name, each in times.items()}


def compare_unasked(
    ways: dict[str, Ask], warm_up: list[Question], questions: list[Question]
) -> dict[str, Timing]:
    """As `compare`, each question once and none that was asked before, so that no server's memory of answers helps."""
    for question in warm_up:
        _ask_all(ways, question)
    new = [question for question in dict.fromkeys(questions) if question not in warm_up]
    taken = [_ask_all(ways, question) for question in new]
    return {name: Timing(name, [one[name] for one in taken]) for name in ways}


def _ask_all(ways: dict[str, Ask], question: Question) -> dict[str, float]:
    """Name -> milliseconds, one way after the other. Raises TotalsDiffer."""
    taken, totals = {}, {}
    for name, ask in ways.items():
        start = time.perf_counter()
        totals[name] = ask(question)
        taken[name] = (time.perf_counter() - start) * 1000
    if len(set(totals.values())) > 1:
        raise TotalsDiffer(f"{question.to_query_string()}: {totals}")
    return taken
