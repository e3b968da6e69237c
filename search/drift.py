"""Whether the records say what the pages say."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from search.models import Record
from search.records import public_contents, rebuild, searchable_models, stored_differs


@dataclass(frozen=True)
class Drift:
    """Keys of practices whose record is missing, says something else, should be gone, or shows what is restricted."""

    missing: list[UUID]
    stale: list[UUID]
    ghosts: list[UUID]
    restricted: list[UUID]

    def __bool__(self) -> bool:
        return any(vars(self).values())


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
        restricted = {
            key
            for model in searchable_models()
            for key in model.objects.live()
            .filter(translation_key__in=live - public)
            .values_list("translation_key", flat=True)
        }
        return Drift(
            missing=sorted(public - live),
            stale=[key for key in both if stored_differs(records[key], public_contents(key))],
            ghosts=sorted(live - public - restricted),
            restricted=sorted(restricted),
        )


def repair(found: Drift) -> int:
    """Rebuild what has drifted. Returns how many records changed."""
    return sum(rebuild(key) for key in (*found.missing, *found.stale, *found.ghosts, *found.restricted))
