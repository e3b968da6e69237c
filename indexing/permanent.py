"""The permanent URL of a record, of whatever kind."""

from uuid import UUID

from django.urls import reverse


def permanent_path(key: UUID) -> str:
    """Return the short path that does not depend on the record's title, place in the tree or language."""
    return reverse("permanent", args=[key])
