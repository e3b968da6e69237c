"""The interface of a search engine. Engines return codes and keys; `search.results` adds labels and texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from search.query import Query

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class ResultPage:
    """One page of results: keys in order, the total, and for each facet the codes that occur with their counts.

    The counts of a facet apply the filters of all other facets. A facet in `Query.all_of` applies its own filter too.
    """

    keys: list[UUID]
    total: int
    counts: Counts
    engine: str
    # True if the fallback engine answered because the configured one is unavailable.
    degraded: bool = False


class Engine(Protocol):
    """Every method that queries may raise EngineUnavailable."""

    name: str

    @property
    def is_unavailable(self) -> bool:
        """Whether the fallback engine answers at the moment."""

    @property
    def outages(self) -> int:
        """How often the fallback engine has taken over since the process started."""

    def state(self) -> str:
        """Return a token that changes whenever answers may change at the same content version. Part of the ETag."""

    def prepare(self) -> None:
        """Load what the first query needs; a fallback engine is prepared too."""

    def search(self, query: Query) -> ResultPage:
        """Return one page of results with the counts of all facets."""

    def size(self, query: Query) -> int:
        """Return the number of practices that match the query."""

    def iter_keys(self, query: Query) -> Iterator[UUID]:
        """Yield the keys of all results in the query's order, ignoring its page and size, as of one moment.

        Memory use is a few bytes per result.
        """

    def suggest(self, prefixes: list[str], limit: int) -> list[UUID]:
        """Return keys of practices whose titles contain a word for every prefix."""

    def related(self, key: UUID, limit: int) -> list[tuple[UUID, dict[str, list[str]]]]:
        """Return the records of the same kind most similar to `key`, each with the codes that both share, by facet."""
