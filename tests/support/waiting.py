"""Waiting for what another thread, process or server does."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
# Of seconds: much longer than it takes on an idle machine, since nobody waits longer than they must.
PATIENCE = 60.0


def until(look: Callable[[], Found], within: float = PATIENCE, pause: float = 0.05) -> Found:
    """Return what `look` returns as soon as that is true. Raises AssertionError after `within` seconds."""
    end = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < end, f"not within {within} seconds"
        time.sleep(pause)
    return found
