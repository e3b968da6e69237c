"""Consistency checks of pages, records and the search server, for `search_check` and the admin's report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from indexing import index_drift, record_drift
from indexing.errors import EngineUnavailable
from indexing.index_drift import IndexDrift
from indexing.models import JobStatus, SearchIndex
from indexing.record_drift import RecordDrift, number_of_keys
from indexing.shipping import record_job_status

__all__ = ["check", "check_engine", "check_pages", "number_of_keys", "store_check_result"]
# Seconds and keys of one step of the job, which only reads.
STEP_SECONDS, BATCH_SIZE = 0.5, 200


@dataclass(frozen=True)
class CheckResult:
    """The drift of records and of the search server; `of_engine` is None if there is no search server."""

    of_pages: RecordDrift
    of_engine: IndexDrift | None

    @property
    def drift(self) -> bool:
        return bool(self.of_pages or self.of_engine)

    def lines(self) -> Iterator[str]:
        """Yield a line for each drifted key: "record" or "server", the kind of drift, and the key."""
        for side, drift in (("record", self.of_pages), ("server", self.of_engine)):
            for name, keys in vars(drift).items() if drift else ():
                yield from (f"{side} {name} {key}" for key in keys)


def check_pages(after: UUID | None) -> tuple[UUID | None, int, list[str]]:
    """Compare some practices after a key with their records.

    Return the last key compared (None if none is left), the number of keys, and a line for each that differs.
    """
    last_key, compared, drift = record_drift.find_record_drift_after(after, STEP_SECONDS, BATCH_SIZE)
    return last_key, compared, list(CheckResult(drift, None).lines())


def check_engine() -> list[str]:
    """Return a line for each key in which the search server differs. Raises EngineUnavailable."""
    if not settings.ELASTICSEARCH_URL:
        return []
    return list(CheckResult(RecordDrift([], [], [], []), _engine_drift(repair=False)).lines())


def store_check_result(lines: Iterable[str]) -> None:
    """Store the result of the last check for the admin's report."""
    record_job_status(JobStatus.Kind.CHECK, "\n".join(lines))


def check(*, repair: bool = False) -> CheckResult:
    """Compare everything, repair it if `repair`, and store the result. Raises EngineUnavailable."""
    of_pages = record_drift.find_record_drift()
    if repair:
        record_drift.repair(of_pages)
    of_engine = _engine_drift(repair) if settings.ELASTICSEARCH_URL else None
    result = CheckResult(of_pages, of_engine)
    store_check_result(result.lines())
    return result


def _engine_drift(repair: bool) -> IndexDrift:
    index = SearchIndex.objects.live().first()
    if index is None:
        raise EngineUnavailable("no index, run search_rebuild")
    drift = index_drift.find_index_drift(index)
    if repair:
        index_drift.repair(index, drift)
    return drift
