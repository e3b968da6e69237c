"""The job of usage: erase what was searched for, in time."""

from core.jobs import Done, job
from usage.models import RETENTION, SearchedText, local_today


@job("usage.purge_texts", daily_at=3)
def purge_texts(cursor: None) -> Done:
    """Erase search texts that are older than the privacy page promises."""
    deleted, _ = SearchedText.objects.before(local_today() - RETENTION).delete()
    return Done(str(deleted))
