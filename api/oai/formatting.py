"""Labels and dates, formatted as elsewhere in the portal."""

from datetime import datetime
from functools import cache

from django.utils import timezone
from django.utils.translation import override

from indexing.kinds import kind_of


@cache
def heading(kind: str, field: str, language: str) -> str:
    """Return the heading of a text of a record of this kind."""
    with override(language):
        return str(kind_of(kind).label_of(field))


def day(moment: datetime) -> str:
    """Return the date in the portal's time zone, as in citations."""
    return timezone.localdate(moment).isoformat()
