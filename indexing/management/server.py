"""What the commands about the search server need first."""

from django.conf import settings
from django.core.management.base import CommandError


def require_server() -> None:
    """Raises CommandError where no search server is set up."""
    if not settings.ELASTICSEARCH_URL:
        raise CommandError(
            "There is no search server: ELASTICSEARCH_URL is not set, so the database answers searches. To use one, set "
            "ELASTICSEARCH_URL=https://search.example.org:9200 in the environment or in .env (docs/operations.md)."
        )
