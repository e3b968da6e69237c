"""Pages against records, records against the search server: what the command and the admin's report run."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from search import comparison, drift
from search.comparison import EngineDrift
from search.drift import Drift
from search.engines.base import EngineAway
from search.models import Happening, SearchIndex
from search.shipping import tell


@dataclass(frozen=True)
class Checked:
    """`of_engine` is None where the database answers."""

    of_pages: Drift
    of_engine: EngineDrift | None

    @property
    def drift(self) -> bool:
        return bool(self.of_pages or self.of_engine)

    def lines(self) -> Iterator[str]:
        """A line for each key that differs: which side, how, which."""
        for side, found in (("record", self.of_pages), ("server", self.of_engine)):
            for name, keys in vars(found).items() if found else ():
                yield from (f"{side} {name} {key}" for key in keys)


def check(*, repair: bool = False) -> Checked:
    """Compare, mend where asked, and keep the outcome for the report. Raises EngineAway."""
    of_pages = drift.drift()
    if repair:
        drift.repair(of_pages)
    of_engine = _engine_drift(repair) if settings.ELASTICSEARCH_URL else None
    checked = Checked(of_pages, of_engine)
    tell(Happening.Kind.CHECK, "\n".join(checked.lines()))
    return checked


def _engine_drift(repair: bool) -> EngineDrift:
    index = SearchIndex.objects.live().first()
    if index is None:
        raise EngineAway("no index, run search_rebuild")
    found = comparison.compared(index)
    if repair:
        comparison.repair(index, found)
    return found
