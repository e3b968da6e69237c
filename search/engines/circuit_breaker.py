"""An engine that may be away, and one that stands in for it. A reader waits once, then not at all until it is back."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar
from uuid import UUID

from indexing.errors import EngineUnavailable
from search.engines.base import Engine, Found
from search.engines.bitmaps import each_key
from search.query import Query

T = TypeVar("T")
# A reader's second, less what the page itself takes. A timeout of the connection alone would not do: it counts anew with
# every byte, and a server may send one now and then for ever.
TIMEOUT = 0.9
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
QUERIES_AT_ONCE = 16
log = logging.getLogger(__name__)


class Remote(Engine, Protocol):
    """An engine elsewhere, which can be asked whether it is there."""

    def check(self) -> None:
        """Raises EngineUnavailable."""

    def key_pages(self, query: Query) -> Iterator[bytes]:
        """As `walk`, some thousands at a time, joined: sixteen bytes each. Raises EngineUnavailable."""


class CircuitBreaker:
    """Asks `remote` while it answers in time, else `stand_in`; the breaker is one for all threads of the process."""

    def __init__(self, remote: Remote, stand_in: Engine) -> None:
        self.remote, self.stand_in = remote, stand_in
        self.name = remote.name
        self._checked = self._away = False
        self.outages = 0
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(QUERIES_AT_ONCE, thread_name_prefix="engine")

    @property
    def is_unavailable(self) -> bool:
        return self._away

    def state(self) -> str:
        return f"stand-in-{self.stand_in.state()}" if self._away else self.remote.state()

    def prepare(self) -> None:
        self.stand_in.prepare()

    def search(self, query: Query) -> Found:
        def stand_in() -> Found:
            found = self.stand_in.search(query)
            return Found(found.keys, found.total, found.counts, found.engine, degraded=True)

        return self._ask(lambda: self.remote.search(query), stand_in)

    def size(self, query: Query) -> int:
        return self._ask(lambda: self.remote.size(query), lambda: self.stand_in.size(query))

    def walk(self, query: Query) -> Iterator[UUID]:
        """All keys are fetched before the first is given: a reader who takes them slowly holds nothing open, and an engine
        that goes away on the way leaves nothing half given."""
        if not self._away:
            pages, keys = self.remote.key_pages(query), bytearray()
            try:
                while page := self._in_time(lambda: next(pages, b"")):
                    keys.extend(page)
            except EngineUnavailable as away:
                self._open(away)
            else:
                return each_key(keys)
        return self.stand_in.walk(query)

    def suggest(self, beginnings: list[str], limit: int) -> list[UUID]:
        return self._ask(
            lambda: self.remote.suggest(beginnings, limit), lambda: self.stand_in.suggest(beginnings, limit)
        )

    def related(self, key: UUID, limit: int) -> list[tuple[UUID, dict[str, list[str]]]]:
        return self._ask(lambda: self.remote.related(key, limit), lambda: self.stand_in.related(key, limit))

    def _ask(self, remote: Callable[[], T], stand_in: Callable[[], T]) -> T:
        if not self._away:
            try:
                return self._in_time(remote)
            except EngineUnavailable as away:
                self._open(away)
        return stand_in()

    def _in_time(self, remote: Callable[[], T]) -> T:
        """The answer within the patience, the check that comes before the first query included. Raises EngineUnavailable."""

        def asked() -> T:
            if not self._checked:
                self.remote.check()
                self._checked = True
            return remote()

        asking: Future[T] = self._threads.submit(asked)
        try:
            return asking.result(TIMEOUT)
        except TimeoutError as silence:
            asking.cancel()
            raise EngineUnavailable(f"no answer within {TIMEOUT} s") from silence

    def _open(self, away: EngineUnavailable) -> None:
        with self._lock:
            if not self._away:
                self._away = True
                self.outages += 1
                # What still hangs in the old threads is left to itself, so that it holds up nothing later.
                self._threads = ThreadPoolExecutor(QUERIES_AT_ONCE, thread_name_prefix="engine")
                log.warning("%s is away, %s answers: %s", self.remote.name, self.stand_in.name, away)
                threading.Thread(target=self._probe, name="engine-probe", daemon=True).start()

    def _probe(self) -> None:
        """Ask until it answers, then let queries go to it again."""
        pause = FIRST_PAUSE
        while True:
            threading.Event().wait(pause)
            try:
                self._in_time(self.remote.check)
            except Exception:  # whatever it says: should this thread end, nobody would ever look again
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                log.warning("%s is back.", self.remote.name)
                self._away = False
                return
