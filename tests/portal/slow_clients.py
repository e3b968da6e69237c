"""Clients that hold a server's connections open: half-sent headers, half-sent bodies, answers that nobody reads."""

import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

SECONDS_BETWEEN_BYTES = 0.5
# More than the kernel's buffers of one connection hold, asked for at once.
REQUESTS_OF_A_READER = 40
RECEIVE_BUFFER = 4096

HEADERS = b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /en/alerts/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    # With a cookie the form is read before it is refused.
    b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n"
    b"Content-Length: 100000\r\n\r\nq="
)
READER = b"GET /en/search/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * REQUESTS_OF_A_READER
KINDS = {"headers": HEADERS, "bodies": BODY, "readers": READER}


@contextmanager
def slow_clients(port: int, kind: str, count: int) -> Iterator[list[socket.socket]]:
    """Keep `count` connections of this kind open; those that send go on by one byte at a time."""
    clients = [_connect(port, kind) for _ in range(count)]
    ended = threading.Event()
    feeder = threading.Thread(target=_feed, args=(clients, ended), daemon=True)
    if kind != "readers":
        feeder.start()
    try:
        yield clients
    finally:
        ended.set()
        if feeder.ident:
            feeder.join()
        for client in clients:
            client.close()


def seconds_to_live(port: int, limit: float) -> float:
    """Return how long a new client waits for `/-/live`. Raises OSError or HTTPException after `limit` seconds without it."""
    started = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=limit)
    try:
        connection.request("GET", "/-/live", headers={"Connection": "close"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise HTTPException(f"/-/live answered {answer.status}")
    finally:
        connection.close()
    return time.monotonic() - started


def still_open(clients: list[socket.socket]) -> int:
    """Return how many of these connections the server has not closed."""
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client, selectors.EVENT_READ)
        readable = {key.fileobj for key, _ in selector.select(0)}
    return sum(client not in readable or _has_data(client) for client in clients)


def _has_data(client: socket.socket) -> bool:
    try:
        return bool(client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except OSError:
        return False


def _connect(port: int, kind: str) -> socket.socket:
    client = socket.socket()
    if kind == "readers":
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    client.settimeout(30)
    client.connect(("127.0.0.1", port))
    client.sendall(KINDS[kind])
    return client


def _feed(clients: list[socket.socket], ended: threading.Event) -> None:
    while not ended.wait(SECONDS_BETWEEN_BYTES):
        for client in clients:
            try:
                client.send(b"a", socket.MSG_DONTWAIT)
            except OSError:
                continue  # the server closed it, which is its right
