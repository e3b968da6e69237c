"""Which engine answers: chosen by one setting."""

from functools import cache

from django.conf import settings

from search.engines.base import Engine
from search.engines.circuit_breaker import CircuitBreaker
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine

__all__ = ["Engine", "engine"]


@cache
def engine() -> Engine:
    """The engine of this process."""
    database = DatabaseEngine()
    return CircuitBreaker(ElasticEngine(), stand_in=database) if settings.ELASTICSEARCH_URL else database
