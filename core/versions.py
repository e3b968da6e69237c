"""The version of what readers can see: it grows by one with each public change, inside the change's own transaction.

Anonymous pages are cached under it and records are numbered by it. Its row is locked until the transaction
ends, so numbers become visible in the order in which they were given: a reader who has seen 11 has seen 10.
"""

from django.db import transaction
from django.db.models import F

from core.models import ContentVersion


def next_version() -> int:
    """Take the next number; it is taken back when the surrounding transaction is rolled back."""
    with transaction.atomic():
        if not ContentVersion.objects.filter(pk=1).update(number=F("number") + 1):
            ContentVersion.objects.get_or_create(pk=1, defaults={"number": 0})
            ContentVersion.objects.filter(pk=1).update(number=F("number") + 1)
        return current_version()


def current_version() -> int:
    """The number of the last change that this connection can see; 0 before the first."""
    return ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0
