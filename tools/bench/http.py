"""Serve the portal as in production on a free port, with a client cheap enough to measure cached pages."""

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
        """Return the body, joined if it was sent in chunks."""
        if self.headers.get("transfer-encoding") != "chunked":
            return self.body
        pieces, rest = [], self.body
        while (length := int(rest[: (end := rest.index(b"\r\n"))], 16)) > 0:
            pieces.append(rest[end + 2 : end + 2 + length])
            rest = rest[end + 2 + length + 2 :]
        return b"".join(pieces)


def connect(port: int) -> socket.socket:
    """Return a connection to loopback; wait up to 20 s for the server. Raises TimeoutError."""
    for _ in range(100):
        with suppress(ConnectionRefusedError):
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        time.sleep(0.2)
    raise TimeoutError("The server does not start.")


def request(path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return a GET request, or a POST of JSON if there is a body."""
    all_headers = {"Host": "127.0.0.1", **headers}
    if body:
        all_headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [
        f"{'POST' if body else 'GET'} {path} HTTP/1.1",
        *(f"{name}: {value}" for name, value in all_headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def send(connection: socket.socket, message: bytes) -> Reply:
    """Send a request and read the whole reply, with Content-Length, without a body or in chunks."""
    start = time.perf_counter()
    connection.sendall(message)
    response = b""
    while b"\r\n\r\n" not in response:
        response += connection.recv(LARGEST)
    head, _, body = response.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(LARGEST)
    else:
        pieces, bytes_left = [body], int(headers.get("content-length", 0)) - len(body)
        while bytes_left > 0:
            pieces.append(connection.recv(bytes_left))
            bytes_left -= len(pieces[-1])
        body = b"".join(pieces)
    return Reply((time.perf_counter() - start) * 1000, int(first.split()[1]), headers, body)


@contextmanager
def run_server(workers: int, **more: str) -> Iterator[int]:
    """Run gunicorn, with `more` in its environment, and yield its port; stop it afterwards."""
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
    environment = os.environ | {"PORT": str(port), "WEB_CONCURRENCY": str(workers), "JOBS_WORKER": "0"} | more
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield port
    finally:
        server.terminate()
        server.wait()
