"""Time several ways to answer the same queries, alternating between them, so that noise affects all alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from search.query import Query

Ask = Callable[[Query], int]
ROUNDS = 5


class TotalsDiffer(Exception):
    """Raised if two ways return different totals, so that their times cannot be compared."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one way for each query, the median of its rounds."""

    name: str
    by_query: list[float]

    @property
    def median(self) -> float:
        return median(self.by_query)

    @property
    def slowest(self) -> float:
        return max(self.by_query)

    def __str__(self) -> str:
        return f"{self.name:<28} median {self.median:9.2f} ms   95th percentile {percentile(self.by_query, 95):9.2f} ms"


@dataclass(frozen=True)
class Ratio:
    """The ratio of the times of two ways, query by query."""

    first: Timing
    second: Timing

    @property
    def by_query(self) -> list[float]:
        return [a / b for a, b in zip(self.first.by_query, self.second.by_query, strict=True)]

    @property
    def median(self) -> float:
        return median(self.by_query)

    def __str__(self) -> str:
        low, high = percentile(self.by_query, 25), percentile(self.by_query, 75)
        return (
            f"{self.first.name} / {self.second.name}: median {self.median:.2f}, half of them {low:.2f} to {high:.2f}, "
            f"95th percentile {percentile(self.by_query, 95):.2f}, of the medians {self.first.median / self.second.median:.2f}"
        )


def spread(values: list[float] | list[int]) -> str:
    """Return minimum, maximum and quartiles as text."""
    low, middle, high = (percentile(values, percent) for percent in (25, 50, 75))
    return f"{min(values):.4g} to {max(values):.4g} (quartiles {low:.4g}, {middle:.4g}, {high:.4g})"


def percentile(values: list[float] | list[int], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def compare(ways: dict[str, Ask], queries: list[Query], rounds: int = ROUNDS) -> dict[str, Timing]:
    """Return name -> timing. The first round is a warm-up and is not counted. Raises TotalsDiffer."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for query in queries:
        _ask_all(ways, query)
    for query in queries:
        results = [_ask_all(ways, query) for _ in range(rounds)]
        for name, each in times.items():
            each.append(median(milliseconds[name] for milliseconds in results))
    return {name: Timing(name, each) for name, each in times.items()}


def compare_without_cache(
    ways: dict[str, Ask], warm_up: list[Query], queries: list[Query]
) -> dict[str, Timing]:
    """Like `compare`, but send each query only once, so that no server can answer from a cache."""
    for query in warm_up:
        _ask_all(ways, query)
    new = [query for query in dict.fromkeys(queries) if query not in warm_up]
    results = [_ask_all(ways, query) for query in new]
    return {name: Timing(name, [milliseconds[name] for milliseconds in results]) for name in ways}


def _ask_all(ways: dict[str, Ask], query: Query) -> dict[str, float]:
    """Return name -> milliseconds for one query. Raises TotalsDiffer."""
    milliseconds, totals = {}, {}
    for name, ask in ways.items():
        start = time.perf_counter()
        totals[name] = ask(query)
        milliseconds[name] = (time.perf_counter() - start) * 1000
    if len(set(totals.values())) > 1:
        raise TotalsDiffer(f"{query.to_query_string()}: {totals}")
    return milliseconds
