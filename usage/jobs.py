"""The job of usage: erase what was searched for, in time."""

from django.utils import timezone

from core.jobs import Done, job
from usage.models import RETENTION, SearchedText


@job("usage.purge_texts", daily_at=3)
def purge_texts(cursor: None) -> Done:
    """Erase search texts that are older than the privacy page promises."""
    deleted, _ = SearchedText.objects.before(timezone.localdate() - RETENTION).delete()
    return Done(str(deleted))
