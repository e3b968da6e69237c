"""Few passwords are hashed at a time, so that many sign-ins at once leave the processor and the threads to readers.

A hash takes a fifth of a second of one core by design. In each process one is made at a time and one more waits; who
comes then is asked to try again, since a thread that waits serves nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

IN_TURN = 2
RETRY_SECONDS = 2

_places = BoundedSemaphore(IN_TURN)
_turn = Lock()


class TooManyAtOnce(Exception):
    """Others are signing in; nothing was checked."""


@contextmanager
def hashing_turn() -> Iterator[None]:
    """Wait for the turn to hash a password. Raises TooManyAtOnce where somebody waits already."""
    if not _places.acquire(blocking=False):
        raise TooManyAtOnce
    try:
        with _turn:
            yield
    finally:
        _places.release()
