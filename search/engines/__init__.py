"""Which engine answers: chosen by one setting."""

from functools import cache

from search.engines.base import Engine
from search.engines.database import DatabaseEngine

__all__ = ["Engine", "engine"]


@cache
def engine() -> Engine:
    """The engine of this process."""
    return DatabaseEngine()
