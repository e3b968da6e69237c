"""The connection to the search server, and its failures as one exception.

Only this module, indexing.documents, indexing.indexes and search.engines.elastic import Elasticsearch. All of them also
work with the minimal distribution: no scripts, no update or delete by query, no language analyzers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from indexing.errors import EngineUnavailable

DEFAULT_TIMEOUT = 30
CONNECTIONS = 40


@cache
def client() -> Elasticsearch:
    """Return the client of the configured server, with DEFAULT_TIMEOUT, for background work."""
    trusted = {"ca_certs": settings.ELASTICSEARCH_CA_CERTS} if settings.ELASTICSEARCH_CA_CERTS else {}
    return Elasticsearch(
        settings.ELASTICSEARCH_URL.split(","),
        api_key=settings.ELASTICSEARCH_API_KEY or None,
        **trusted,
        request_timeout=DEFAULT_TIMEOUT,
        # If a node goes down, its queries are repeated on the next one at once.
        max_retries=settings.ELASTICSEARCH_URL.count(","),
        http_compress=False,
        # More than a process can have in use: with no free connection a query would wait without a limit.
        connections_per_node=CONNECTIONS,
    )


@cache
def client_with_timeout(seconds: float) -> Elasticsearch:
    """Return the same client, with shared connections and another timeout, for requests of readers."""
    return client().options(request_timeout=seconds)


@contextmanager
def unavailable_on_failure() -> Iterator[None]:
    """Convert client, network and malformed-response errors to EngineUnavailable. Parse responses inside this block."""
    try:
        yield
    except (ApiError, TransportError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:500]) from error
