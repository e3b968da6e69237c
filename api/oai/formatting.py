"""Words and days as the portal has them elsewhere."""

from datetime import datetime
from functools import cache

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override

from practices.models import PracticePage


@cache
def heading(field: str, language: str) -> str:
    """What stands above a text of a practice."""
    with override(language):
        return str(capfirst(PracticePage._meta.get_field(field).verbose_name))


def day(moment: datetime) -> str:
    """The day by the portal's clock, as citations have it."""
    return timezone.localdate(moment).isoformat()
