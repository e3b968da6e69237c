"""Few exports at a time in each process: one of 100,000 practices keeps a thread busy for a minute or more, and readers'
pages need the others (ops/gunicorn.py has four)."""

import threading
from collections.abc import Generator, Iterator
from weakref import finalize

AT_ONCE = 2
_turns = threading.BoundedSemaphore(AT_ONCE)


class Turn:
    """A turn that was got. It ends when it is told to, or when nobody holds it any more."""

    def __init__(self) -> None:
        self.end = finalize(self, _turns.release)


def turn() -> Turn | None:
    """A turn, None where all are taken."""
    return Turn() if _turns.acquire(blocking=False) else None


class Taken(Iterator[str]):
    """Pieces that are made during a turn; it ends with the response, to the end of them or not."""

    def __init__(self, turn: Turn, pieces: Generator[str, None, None]) -> None:
        self._turn, self._pieces = turn, pieces

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        self._pieces.close()
        self._turn.end()
