"""Revisions with a fact that was changed in many pages at once: they leave a draft with whoever wrote it."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import PageLogEntry, Revision

# The action in the page's history; it is logged with the revision.
CHANGE_FACT = "practices.change_fact"


def is_fact_change(revision: Revision | None) -> bool:
    return revision is not None and _changes().filter(revision=revision.pk).exists()


def changes_fact(revision: str) -> Exists:
    """Return the condition that the revision whose key is in this field is such a one."""
    return Exists(_changes().filter(revision=OuterRef(revision)))


def written(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Return the others of these revisions."""
    return revisions.exclude(changes_fact("pk"))


def _changes() -> QuerySet[PageLogEntry]:
    entries: QuerySet[PageLogEntry] = PageLogEntry.objects.filter(action=CHANGE_FACT)
    return entries
