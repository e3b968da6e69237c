"""The portal served as in production on a free port, and a client that costs less than a kept page does."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tools.bench.databases import ROOT

LARGEST = 1 << 20


@dataclass(frozen=True)
class Reply:
    milliseconds: float
    status: int
    headers: dict[str, str]
    body: bytes

    def content(self) -> bytes:
        """The body, put together where it came in chunks."""
        if self.headers.get("transfer-encoding") != "chunked":
            return self.body
        pieces, rest = [], self.body
        while (length := int(rest[: (end := rest.index(b"\r\n"))], 16)) > 0:
            pieces.append(rest[end + 2 : end + 2 + length])
            rest = rest[end + 2 + length + 2 :]
        return b"".join(pieces)


def connected(port: int) -> socket.socket:
    """A connection to loopback; waits up to 20 s for the server. Raises TimeoutError."""
    for _ in range(100):
        with suppress(ConnectionRefusedError):
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        time.sleep(0.2)
    raise TimeoutError("The server does not start.")


def request(path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A GET, or a POST of JSON where there is a body."""
    told = {"Host": "127.0.0.1", **headers}
    if body:
        told |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [
        f"{'POST' if body else 'GET'} {path} HTTP/1.1",
        *(f"{name}: {value}" for name, value in told.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def ask(connection: socket.socket, asked: bytes) -> Reply:
    """Send and read to the end: Content-Length, none, or chunks."""
    start = time.perf_counter()
    connection.sendall(asked)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(LARGEST)
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(LARGEST)
    else:
        pieces, left = [body], int(headers.get("content-length", 0)) - len(body)
        while left > 0:
            pieces.append(connection.recv(left))
            left -= len(pieces[-1])
        body = b"".join(pieces)
    return Reply((time.perf_counter() - start) * 1000, int(first.split()[1]), headers, body)


@contextmanager
def served(workers: int) -> Iterator[int]:
    """The port of a gunicorn of its own, which ends with it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "ops/gunicorn.py",
        "--log-level",
        "warning",
        "portal.wsgi",
    ]
    environment = os.environ | {"PORT": str(port), "WEB_CONCURRENCY": str(workers), "JOBS_WORKER": "0"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield port
    finally:
        server.terminate()
        server.wait()
