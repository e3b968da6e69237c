"""What an engine does. It answers from records, by codes and keys; words for readers are `search.results`'s."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from search.query import Query

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Found:
    """The keys of one page of results in order, the total, and for each facet every code with a count.

    A facet's counts apply every filter but its own (its own too where all of its values are asked for).
    """

    keys: list[UUID]
    total: int
    counts: Counts
    engine: str
    # Another engine than the chosen one answered, since that one is away.
    degraded: bool = False


class Engine(Protocol):
    """Whatever is asked may raise EngineUnavailable."""

    name: str

    @property
    def is_unavailable(self) -> bool:
        """Whether another engine answers in its place."""

    @property
    def outages(self) -> int:
        """How often another engine has begun to answer in its place."""

    def state(self) -> str:
        """What its answers depend on beside the content version: the same of both, the same answers. Part of the tag of
        every kept page."""

    def prepare(self) -> None:
        """Read what the first query would otherwise wait for; also for an engine that may have to stand in."""

    def search(self, query: Query) -> Found:
        """One page of results with all counts."""

    def size(self, query: Query) -> int:
        """How many practices answer the query."""

    def walk(self, query: Query) -> Iterator[UUID]:
        """The keys of all results in the query's order, its page and size aside, as of one moment. All that is held of
        a result is a few bytes."""

    def suggest(self, beginnings: list[str], limit: int) -> list[UUID]:
        """Practices with title words that start so, all of them."""

    def related(self, key: UUID, limit: int) -> list[tuple[UUID, dict[str, list[str]]]]:
        """The practices most like one, each with the codes it shares by facet."""
