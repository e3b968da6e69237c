"""The connection to the search server, and its failures as one exception.

With indexing.documents, indexing.indexes and search.engines.elastic the only modules that import Elasticsearch. All of them
work with the small distribution too: no scripts, no update or delete by query, no language analyzers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from indexing.errors import EngineUnavailable

SECONDS = 30
CONNECTIONS = 40


@cache
def client() -> Elasticsearch:
    """The server of the settings, for work that may wait."""
    trusted = {"ca_certs": settings.ELASTICSEARCH_CA_CERTS} if settings.ELASTICSEARCH_CA_CERTS else {}
    return Elasticsearch(
        settings.ELASTICSEARCH_URL.split(","),
        api_key=settings.ELASTICSEARCH_API_KEY or None,
        **trusted,
        request_timeout=SECONDS,
        # A node that ends takes its queries with it; the next one is asked the same at once.
        max_retries=settings.ELASTICSEARCH_URL.count(","),
        http_compress=False,
        # Beyond them a query would wait for one to be free, without a limit: more than a process may have hanging.
        connections_per_node=CONNECTIONS,
    )


@cache
def client_with_timeout(seconds: float) -> Elasticsearch:
    """The same, by the same connections, for a reader who waits no longer than this."""
    return client().options(request_timeout=seconds)


@contextmanager
def unavailable_on_failure() -> Iterator[None]:
    """Whatever a server or the way to it can do wrong is one thing to the rest of the portal: EngineUnavailable; an answer that
    is none, too, so answers are taken apart in here."""
    try:
        yield
    except (ApiError, TransportError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:500]) from error
