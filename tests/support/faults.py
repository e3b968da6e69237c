"""A server that fails as it is told: a proxy on loopback before the real one, whose fault can be switched at any time."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

# Longer than any query may take, and much shorter than a job's patience.
SLOW = 1.5
BETWEEN_BYTES = 0.2
LONGEST_END = 5.0
JSON = "application/vnd.elasticsearch+json;compatible-with=8"
PROBES = ("/_mapping", "/_count")


class Fault(Enum):
    NONE = "none"
    REFUSED = "nobody listens"
    SILENT = "takes the question, never answers"
    SLOW = "answers too late"
    TRICKLE = "answers byte by byte, so that no wait for the next one is long"
    DYING = "ends in the middle of its answer"
    BUSY = "429"
    UNAVAILABLE = "503"
    BEHEADED = "ends when it has said that all is well"
    EMPTY = "answers with JSON that says nothing"
    UNCOUNTED = "answers questions without the counts of the facets"
    STRANGER = "another server has its address, and answers with a page"


# How a server says that it cannot now.
REFUSALS = {
    Fault.BUSY: (429, "circuit_breaking_exception"),
    Fault.UNAVAILABLE: (503, "cluster_block_exception"),
}


class Proxy:
    """`asked` lists what has come in ("POST /practices/_search"), answered or not."""

    def __init__(self, url: str) -> None:
        self._server = urlsplit(url)
        # Bound and not listening: whoever connects is refused, and nobody else takes the port meanwhile.
        self._place = socket.socket()
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._place.bind(("127.0.0.1", 0))
        self.url = "http://{}:{}".format(*self._place.getsockname())
        self.asked: list[str] = []
        # The fault meets only paths that have one of these; all at first.
        self.only: tuple[str, ...] = ("",)
        self._lock = threading.Lock()
        self._fault = Fault.NONE
        self._over = threading.Event()
        self._listener: socket.socket | None = None
        self._connections: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listen()

    @property
    def fault(self) -> Fault:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        """From the next query on, also on connections that are open; what waits for an answer is cut off, as by a
        server that starts again."""
        with self._lock:
            self._fault = fault
            self._over.set()
            self._over = threading.Event()
        if fault is Fault.REFUSED:
            self._stop_listening()
            self._cut()
        elif not self._listener:
            self._listen()

    def go_on(self) -> None:
        """No fault for new connections, while those that wait go on waiting: a network has forgotten them."""
        with self._lock:
            self._fault = Fault.NONE

    def close(self) -> None:
        self._over.set()
        self._stop_listening()
        self._place.close()
        self._cut()
        for thread in self._threads:
            thread.join(LONGEST_END)
            assert not thread.is_alive(), thread

    def queries(self) -> list[str]:
        """What has come in but for what a probe asks to see whether the server is there."""
        return [asked for asked in self.asked if not asked.endswith(PROBES)]

    def _listen(self) -> None:
        self._listener = socket.create_server(self._place.getsockname())
        self._start(self._accept, self._listener)

    def _stop_listening(self) -> None:
        if listener := self._listener:
            self._listener = None
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts, and that closes it
            listener.close()

    def _cut(self) -> None:
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _start(self, run, *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, name="fault-proxy", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self._connections.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        """Answer one connection's queries until either side has enough."""
        server = HTTPConnection(str(self._server.hostname), self._server.port or 80)
        try:
            with connection, connection.makefile("rb") as queries, suppress(OSError, HTTPException):
                while query := read(queries):
                    with self._lock:
                        fault = self._fault if any(part in query[1] for part in self.only) else Fault.NONE
                        over = self._over
                        self.asked.append(f"{query[0]} {query[1]}")
                    if not self._answer(connection, server, query, fault, over):
                        return
        finally:
            server.close()
            with self._lock:
                self._connections.discard(connection)

    def _answer(self, connection, server, query, fault: Fault, over: threading.Event) -> bool:
        """Whether the connection may be asked again."""
        if fault in REFUSALS:
            status, kind = REFUSALS[fault]
            told = json.dumps({"error": {"type": kind, "reason": "as the test says"}, "status": status})
            connection.sendall(answer(status, JSON, told))
        elif fault is Fault.BEHEADED:
            connection.sendall(answer(200, JSON, "").partition(b"Content-Length")[0])
        elif fault is Fault.EMPTY:
            connection.sendall(answer(200, JSON, "{}"))
        elif fault is Fault.STRANGER:
            connection.sendall(answer(200, "text/html", "<p>It works!</p>", product="Apache"))
        elif fault is Fault.SILENT:
            over.wait()
        elif fault is Fault.SLOW and over.wait(SLOW):
            return False
        else:
            whole = ask(server, *query)
            if fault is Fault.DYING:
                head, _, body = whole.partition(b"\r\n\r\n")
                connection.sendall(whole[: len(head) + 4 + len(body) // 2])
            elif fault is Fault.TRICKLE:
                for place in range(len(whole)):
                    connection.sendall(whole[place : place + 1])
                    if over.wait(BETWEEN_BYTES):
                        break
            else:
                connection.sendall(uncounted(whole) if fault is Fault.UNCOUNTED else whole)
        return fault in (Fault.NONE, Fault.SLOW, Fault.EMPTY, Fault.UNCOUNTED, *REFUSALS)


@contextmanager
def faulty(url: str) -> Iterator[Proxy]:
    """The server at `url`, as `proxy.url`, without a fault at first."""
    proxy = Proxy(url)
    try:
        yield proxy
    finally:
        proxy.close()


def read(queries) -> tuple[str, str, dict[str, str], bytes] | None:
    """The next query: method, path, headers, body; None at the end."""
    line = queries.readline().decode().split()
    if not line:
        return None
    headers = {}
    while header := queries.readline().decode().strip():
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    return line[0], line[1], headers, queries.read(int(headers.get("content-length", 0)))


def ask(server: HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    """The real server's whole answer."""
    server.request(method, path, body, headers)
    told = server.getresponse()
    content = told.read()
    kept = [f"{name}: {value}" for name, value in told.getheaders() if name.lower() not in LENGTHS]
    head = [f"HTTP/1.1 {told.status} {told.reason}", *kept, f"Content-Length: {len(content)}"]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + content


LENGTHS = ("content-length", "transfer-encoding")


def uncounted(whole: bytes) -> bytes:
    """The same answer without its aggregations."""
    body = json.loads(whole.partition(b"\r\n\r\n")[2])
    body.pop("aggregations", None)
    return answer(200, JSON, json.dumps(body))


def answer(status: int, kind: str, text: str, product: str = "Elasticsearch") -> bytes:
    """One of our own."""
    head = [f"HTTP/1.1 {status} So", f"Content-Type: {kind}", f"X-elastic-product: {product}"]
    return "\r\n".join([*head, f"Content-Length: {len(text)}", "", text]).encode()
