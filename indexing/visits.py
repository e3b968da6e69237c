"""What a visit to the page of a record means for the counts of use, and facts about a record for all apps above."""

from collections.abc import Iterator
from uuid import UUID

from indexing.former_paths import key_of_former_path
from indexing.models import Record
from usage.facts import Event, Fact, joined_countries
from usage.visits import ViewVisit


def facts_of_record(event: Event, key: UUID | None, detail: str = "") -> Iterator[Fact]:
    """Yield the fact about a public record with its countries; nothing about others."""
    facets = Record.objects.live().filter(key=key).values_list("facets", flat=True).first() if key else None
    if facets is not None:
        yield Fact(event, joined_countries(facets.get("country", [])), str(key), detail)


def facts_of_page(visit: ViewVisit) -> Iterator[Fact]:
    """Yield that a record was read, if the path is that of one."""
    return facts_of_record(Event.READ, key_of_former_path(visit.path))
