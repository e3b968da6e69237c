"""Both engines for a test: what must be done before a change can be found, and the real server of ops/services."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from django.test import override_settings
from hypothesis import settings

from indexing import indexes, server
from indexing.rebuild import rebuild
from search import engines as chosen
from search.engines import circuit_breaker, elastic
from search.engines.base import Engine
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine

ENGINES = ["database", "elasticsearch"]
# For properties whose every example makes indexes of its own, which takes the server half a second: fewer corpora than of
# other properties have examples, and more asked of each. In `make soak` as many.
QUICK = settings.get_current_profile_name() == "quick"
few_corpora = settings(max_examples=15) if QUICK else settings()


@dataclass
class Asked:
    """An engine, and how to make what the records say findable in it."""

    engine: Engine
    make_findable: Callable[[], object]


@contextmanager
def asking(name: str) -> Iterator[Asked]:
    if name == "database":
        yield Asked(DatabaseEngine(), lambda: None)
    else:
        with search_server():
            yield Asked(ElasticEngine(), lambda: rebuild(lambda _: None))


@contextmanager
def search_server(url: str = "", **more: object) -> Iterator[None]:
    """The portal with the server at `url`, else that of ops/services; with indexes of its own, which are removed.

    Without a `url` the test is about right answers: a reader waits as long as a busy machine needs."""
    patience = nullcontext() if url else patient()
    url = url or server_url()
    own = override_settings(ELASTICSEARCH_URL=url, ELASTICSEARCH_INDEX=f"test-{secrets.token_hex(6)}", **more)
    with patience, own:
        forget()
        try:
            yield
        finally:
            with override_settings(ELASTICSEARCH_URL=server_url()):
                forget()
                for index in indexes.list_indexes():
                    indexes.remove(index)
    forget()


@contextmanager
def patient() -> Iterator[None]:
    with patch.object(circuit_breaker, "TIMEOUT", 60), patch.object(elastic, "REQUEST_TIMEOUT", 50):
        yield


def server_url() -> str:
    if url := os.environ.get("TEST_ELASTICSEARCH_URL"):
        return url
    pytest.skip("No TEST_ELASTICSEARCH_URL; ops/services up elasticsearch prints one.")


def forget() -> None:
    """What a process remembers of the settings."""
    if server.client.cache_info().currsize:
        server.client().close()
    server.client.cache_clear()
    server.client_with_timeout.cache_clear()
    chosen.engine.cache_clear()
