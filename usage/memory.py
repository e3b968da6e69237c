"""Counts that are not written yet, in the memory of this process."""

import os
from collections import Counter
from threading import Event as Signal
from threading import Lock
from typing import NamedTuple, TypeVar

from usage.facts import Count, TextCount

# Different visits that are kept until the next write; beyond a fifth of them the write comes earlier.
MOST_VISITS = 5000
# Different counts, of which a visit to the search has several. They wait here only while the database is away.
MOST_ITEMS = 20_000

Item = Count | TextCount
Key = TypeVar("Key")


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
            self._lost += _add(self._items, items, MOST_ITEMS)

    def take(self) -> tuple[Counter[Visit], Counter[Item], int]:
        """Return visits, items and the number of those for which there was no place, and forget them."""
        with self._lock:
            taken = self._visits, self._items, self._lost
            self._visits, self._items, self._lost = Counter(), Counter(), 0
            self.is_full.clear()
        return taken

    def put_back(self, visits: Counter[Visit], items: Counter[Item]) -> None:
        """Keep what could not be written for the next attempt, as far as there is place."""
        with self._lock:
            self._lost += _add(self._visits, visits, MOST_VISITS) + _add(self._items, items, MOST_ITEMS)


def _add(counter: Counter[Key], more: Counter[Key], most: int) -> int:
    """Add `more` to a counter of at most `most` keys; return the sum of what found no place."""
    lost = 0
    for key, number in more.items():
        if key in counter or len(counter) < most:
            counter[key] += number
        else:
            lost += number
    return lost


memory = Memory()
os.register_at_fork(after_in_child=memory.forget)
