"""Pages against records, records against the search server: what the command and the admin's report run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from indexing import index_drift, record_drift
from indexing.errors import EngineUnavailable
from indexing.index_drift import IndexDrift
from indexing.models import JobStatus, SearchIndex
from indexing.record_drift import RecordDrift, number_of_keys
from indexing.shipping import tell

__all__ = ["check", "check_engine", "check_pages", "keep_outcome", "number_of_keys"]
# Looked at in one step of the job, which only reads.
SECONDS, BATCH_SIZE = 0.5, 200


@dataclass(frozen=True)
class Checked:
    """`of_engine` is None where the database answers."""

    of_pages: RecordDrift
    of_engine: IndexDrift | None

    @property
    def drift(self) -> bool:
        return bool(self.of_pages or self.of_engine)

    def lines(self) -> Iterator[str]:
        """A line for each key that differs: which side, how, which."""
        for side, found in (("record", self.of_pages), ("server", self.of_engine)):
            for name, keys in vars(found).items() if found else ():
                yield from (f"{side} {name} {key}" for key in keys)


def check_pages(after: UUID | None) -> tuple[UUID | None, int, list[str]]:
    """Some practices after a key: the last one looked at (None where none is left), how many, and a line for each that
    differs."""
    last, looked_at, found = record_drift.drift_after(after, SECONDS, BATCH_SIZE)
    return last, looked_at, list(Checked(found, None).lines())


def check_engine() -> list[str]:
    """A line for each key in which the search server differs. Raises EngineUnavailable."""
    if not settings.ELASTICSEARCH_URL:
        return []
    return list(Checked(RecordDrift([], [], [], []), _engine_drift(repair=False)).lines())


def keep_outcome(lines: Iterable[str]) -> None:
    """For the report."""
    tell(JobStatus.Kind.CHECK, "\n".join(lines))


def check(*, repair: bool = False) -> Checked:
    """Compare, mend where asked, and keep the outcome for the report. Raises EngineUnavailable."""
    of_pages = record_drift.drift()
    if repair:
        record_drift.repair(of_pages)
    of_engine = _engine_drift(repair) if settings.ELASTICSEARCH_URL else None
    checked = Checked(of_pages, of_engine)
    keep_outcome(checked.lines())
    return checked


def _engine_drift(repair: bool) -> IndexDrift:
    index = SearchIndex.objects.live().first()
    if index is None:
        raise EngineUnavailable("no index, run search_rebuild")
    found = index_drift.compared(index)
    if repair:
        index_drift.repair(index, found)
    return found
