"""A circuit breaker around a remote engine, with a fallback engine.

One query waits for the timeout; then the fallback answers at once until the remote engine is back.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar
from uuid import UUID

from indexing.errors import EngineUnavailable
from search.engines.base import Engine, ResultPage
from search.engines.bitmaps import each_key
from search.query import Query

T = TypeVar("T")
# Seconds. A page must answer within one second, and rendering takes the rest. The timeout of the HTTP client is not
# enough: it restarts with every byte received, so a slow server could keep a request open for ever.
TIMEOUT = 0.9
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
QUERIES_AT_ONCE = 16
log = logging.getLogger(__name__)


class RemoteEngine(Engine, Protocol):
    """An engine on a server, with a health check."""

    def check(self) -> None:
        """Check that the server can answer queries. Raises EngineUnavailable."""

    def key_pages(self, query: Query) -> Iterator[bytes]:
        """Yield the keys of `iter_keys` in joined batches of some thousands, 16 bytes a key. Raises EngineUnavailable."""


class CircuitBreaker:
    """Queries `remote` while it answers in time, else `fallback`. One breaker serves all threads of the process."""

    def __init__(self, remote: RemoteEngine, fallback: Engine) -> None:
        self.remote, self.fallback = remote, fallback
        self.name = remote.name
        self._checked = self._is_open = False
        self.outages = 0
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(QUERIES_AT_ONCE, thread_name_prefix="engine")

    @property
    def is_unavailable(self) -> bool:
        return self._is_open

    def state(self) -> str:
        return f"stand-in-{self.fallback.state()}" if self._is_open else self.remote.state()

    def prepare(self) -> None:
        self.fallback.prepare()

    def search(self, query: Query) -> ResultPage:
        def fallback() -> ResultPage:
            results = self.fallback.search(query)
            return ResultPage(results.keys, results.total, results.counts, results.engine, degraded=True)

        return self._call_or_fall_back(lambda: self.remote.search(query), fallback)

    def size(self, query: Query) -> int:
        return self._call_or_fall_back(lambda: self.remote.size(query), lambda: self.fallback.size(query))

    def iter_keys(self, query: Query) -> Iterator[UUID]:
        """Fetch all keys before yielding the first.

        So a slow reader holds no connection open, and an outage leaves no partial result.
        """
        if not self._is_open:
            pages, keys = self.remote.key_pages(query), bytearray()
            try:
                while page := self._call_with_timeout(lambda: next(pages, b"")):
                    keys.extend(page)
            except EngineUnavailable as error:
                self._open(error)
            else:
                return each_key(keys)
        return self.fallback.iter_keys(query)

    def suggest(self, prefixes: list[str], limit: int) -> list[UUID]:
        return self._call_or_fall_back(
            lambda: self.remote.suggest(prefixes, limit), lambda: self.fallback.suggest(prefixes, limit)
        )

    def related(self, key: UUID, limit: int) -> list[tuple[UUID, dict[str, list[str]]]]:
        return self._call_or_fall_back(
            lambda: self.remote.related(key, limit), lambda: self.fallback.related(key, limit)
        )

    def _call_or_fall_back(self, remote: Callable[[], T], fallback: Callable[[], T]) -> T:
        if not self._is_open:
            try:
                return self._call_with_timeout(remote)
            except EngineUnavailable as error:
                self._open(error)
        return fallback()

    def _call_with_timeout(self, remote: Callable[[], T]) -> T:
        """Return the result of `remote`, or raise EngineUnavailable after TIMEOUT.

        Before the first query of the process the server is checked, within the same timeout.
        """

        def call() -> T:
            if not self._checked:
                self.remote.check()
                self._checked = True
            return remote()

        future: Future[T] = self._threads.submit(call)
        try:
            return future.result(TIMEOUT)
        except TimeoutError as error:
            future.cancel()
            raise EngineUnavailable(f"no answer within {TIMEOUT} s") from error

    def _open(self, error: EngineUnavailable) -> None:
        with self._lock:
            if not self._is_open:
                self._is_open = True
                self.outages += 1
                # A new pool: calls that still hang must not occupy the threads of later queries.
                self._threads = ThreadPoolExecutor(QUERIES_AT_ONCE, thread_name_prefix="engine")
                log.warning("%s is away, %s answers: %s", self.remote.name, self.fallback.name, error)
                threading.Thread(target=self._probe, name="engine-probe", daemon=True).start()

    def _probe(self) -> None:
        """Check the remote engine with growing pauses until it answers, then close the breaker."""
        pause = FIRST_PAUSE
        while True:
            threading.Event().wait(pause)
            try:
                self._call_with_timeout(self.remote.check)
            except Exception:  # any error: if this thread ended, the breaker would stay open for ever
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                log.warning("%s is back.", self.remote.name)
                self._is_open = False
                return
