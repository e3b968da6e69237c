"""Limit concurrent password hashing, so that many sign-ins at once leave CPU time and threads to readers.

A hash takes about 0.2 s of one core by design. Each process hashes one password at a time and lets one more request wait;
further ones are asked to try again, because a waiting thread blocks other requests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

MAX_CONCURRENT_SIGN_INS = 2  # one hashed, one waiting
RETRY_SECONDS = 2

_places = BoundedSemaphore(MAX_CONCURRENT_SIGN_INS)
_turn = Lock()


class SignInBusy(Exception):
    """Raised when other sign-ins are in progress; the password was not checked."""


@contextmanager
def hashing_turn() -> Iterator[None]:
    """Wait until this thread may hash a password. Raises SignInBusy if another thread is waiting already."""
    if not _places.acquire(blocking=False):
        raise SignInBusy
    try:
        with _turn:
            yield
    finally:
        _places.release()
