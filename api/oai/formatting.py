"""Words and days as the portal has them elsewhere."""

from datetime import datetime
from functools import cache

from django.utils import timezone
from django.utils.translation import override

from indexing.kinds import kind_of


@cache
def heading(kind: str, field: str, language: str) -> str:
    """Return what stands above a text of a record of this kind."""
    with override(language):
        return str(kind_of(kind).label_of(field))


def day(moment: datetime) -> str:
    """The day by the portal's clock, as citations have it."""
    return timezone.localdate(moment).isoformat()
