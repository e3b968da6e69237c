"""Run few exports at a time in each process.

An export of 100,000 practices keeps a thread busy for a minute or more, and readers' pages need the other threads of the
worker (ops/gunicorn.py has four).
"""

import threading
from collections.abc import Generator, Iterator
from weakref import finalize

SLOTS = 2
_free = threading.BoundedSemaphore(SLOTS)


class Slot:
    """An acquired slot. It is released by `release()`, or when it is garbage-collected."""

    def __init__(self) -> None:
        self.release = finalize(self, _free.release)


def acquire_slot() -> Slot | None:
    """Return a slot, None if all are in use."""
    return Slot() if _free.acquire(blocking=False) else None


class SlotStream(Iterator[str]):
    """The pieces of a streamed response; its slot is released when the response ends, complete or not."""

    def __init__(self, slot: Slot, pieces: Generator[str, None, None]) -> None:
        self._slot, self._pieces = slot, pieces

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        self._pieces.close()
        self._slot.release()
