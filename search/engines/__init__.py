"""The search engine of this process, chosen by the setting ELASTICSEARCH_URL."""

from functools import cache

from django.conf import settings

from search.engines.base import Engine
from search.engines.circuit_breaker import CircuitBreaker
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine

__all__ = ["Engine", "engine"]


@cache
def engine() -> Engine:
    """Return the engine of this process; it is created once."""
    database = DatabaseEngine()
    return CircuitBreaker(ElasticEngine(), fallback=database) if settings.ELASTICSEARCH_URL else database
