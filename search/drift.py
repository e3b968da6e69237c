"""Whether the records say what the pages say."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from search.models import Record
from search.records import public_contents, rebuild, searchable_models, stored_differs


@dataclass(frozen=True)
class Drift:
    """Keys of practices whose record is missing, says something else, or should be gone."""

    missing: list[UUID]
    stale: list[UUID]
    ghosts: list[UUID]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.ghosts)


def drift() -> Drift:
    """Compare every public practice with its record, read in one transaction."""
    with transaction.atomic():
        records = {record.key: record for record in Record.objects.all()}
        public = {
            key
            for model in searchable_models()
            for key in model.objects.readable()
            .order_by("translation_key")
            .values_list("translation_key", flat=True)
        }
        live = {key for key, record in records.items() if not record.removed}
        both = sorted(public & live)
        return Drift(
            missing=sorted(public - live),
            stale=[key for key in both if stored_differs(records[key], public_contents(key))],
            ghosts=sorted(live - public),
        )


def repair(found: Drift) -> int:
    """Rebuild what has drifted. Returns how many records changed."""
    return sum(rebuild(key) for key in (*found.missing, *found.stale, *found.ghosts))
