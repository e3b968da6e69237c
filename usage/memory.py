"""Counts that are not written yet, in the memory of this process."""

import os
from collections import Counter
from threading import Event as Signal
from threading import Lock
from typing import NamedTuple

from usage.facts import Count, TextCount

# Different visits that are kept until the next write; beyond a fifth of them the write comes earlier.
MOST_VISITS = 5000

Item = Count | TextCount


class Visit(NamedTuple):
    """A page that was shown. `found` says whether a search had results, None where the answer does not tell."""

    path: str
    query_string: str
    found: bool | None
    is_bot: bool


class Memory:
    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Start anew, in a child process too: what its parent has counted is the parent's to write."""
        self._lock = Lock()
        self._visits: Counter[Visit] = Counter()
        self._items: Counter[Item] = Counter()
        self._lost = 0
        self.is_full = Signal()

    def see(self, visit: Visit) -> None:
        with self._lock:
            number = self._visits.get(visit, 0)
            if not number:
                if len(self._visits) >= MOST_VISITS:
                    self._lost += 1
                    return
                if len(self._visits) == MOST_VISITS // 5:
                    self.is_full.set()
            self._visits[visit] = number + 1

    def add(self, items: Counter[Item]) -> None:
        with self._lock:
            self._items.update(items)

    def take(self) -> tuple[Counter[Visit], Counter[Item], int]:
        """Return visits, items and the number of visits for which there was no place, and forget them."""
        with self._lock:
            taken = self._visits, self._items, self._lost
            self._visits, self._items, self._lost = Counter(), Counter(), 0
            self.is_full.clear()
        return taken

    def put_back(self, visits: Counter[Visit], items: Counter[Item]) -> None:
        """Keep what could not be written for the next attempt."""
        with self._lock:
            self._visits.update(visits)
            self._items.update(items)


memory = Memory()
os.register_at_fork(after_in_child=memory.forget)
