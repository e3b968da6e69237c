"""A precondition of the commands for the search server."""

from django.conf import settings
from django.core.management.base import CommandError


def require_server() -> None:
    """Check that a search server is configured. Raises CommandError."""
    if not settings.ELASTICSEARCH_URL:
        raise CommandError(
            "There is no search server: ELASTICSEARCH_URL is not set, so the database answers searches. To use one, set "
            "ELASTICSEARCH_URL=https://search.example.org:9200 in the environment or in .env (docs/operations.md)."
        )
