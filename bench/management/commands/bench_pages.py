"""`bench_pages verdicts.json`: the demo site by gunicorn on this machine; pages asked anew, from the cache and with their tag."""

import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from bench.databases import ROOT
from bench.loading import corpus_hash, mark_as_loaded
from bench.targets import CACHED, Verdict, keep
from bench.timing import Ratio, Timing
from ops.prepare import collect_static
from practices.models import PracticePage

ROUNDS = 60
LARGEST = 1 << 20
ENCODING = {"Accept-Encoding": "gzip"}
# A cookie that the cache takes for a person's, and that nothing else reads.
PASSING = ENCODING | {"Cookie": "messages=bench"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: Any, verdicts: Path, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if not corpus_hash():
            call_command("setup_portal", verbosity=0)
            call_command("load_demo", stdout=self.stderr)
            mark_as_loaded("demo")
        collect_static()
        pages = {
            "front page": "/en/",
            "practice page": PracticePage.objects.live().order_by("pk")[0].get_url(),
            "search page": "/en/search/?q=digital",  # a page full of results
        }
        found = []
        self.stdout.write(
            "\nPages of the demo site for an anonymous reader, over http from one gunicorn worker:"
        )
        with served() as connection:
            for name, path in pages.items():
                fresh, kept, unchanged = measured(connection, path)
                self.stdout.write(f"{name}\n  {fresh}\n  {kept}\n  {unchanged}")
                times = min(Ratio(fresh, kept).median, Ratio(fresh, unchanged).median)
                found.append(Verdict(f"{name}: times the uncached rate", times, CACHED, at_least=True))
        keep(found, verdicts)


def measured(connection: socket.socket, path: str) -> tuple[Timing, Timing, Timing]:
    """Timings of the page made anew, from the cache and as 304, in turn. Raises CommandError where it is not kept."""
    tag = asked(connection, path, ENCODING, 200)[1]
    if not tag:
        raise CommandError(f"{path} has no entity tag: it is not kept.")
    ways = {
        "made anew": (PASSING, 200),
        "from the cache": (ENCODING, 200),
        "as 304": (ENCODING | {"If-None-Match": tag}, 304),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (headers, status) in ways.items():
            times[name].append(asked(connection, path, headers, status)[0])
    fresh, kept, unchanged = (Timing(name, each) for name, each in times.items())
    return fresh, kept, unchanged


def asked(
    connection: socket.socket, path: str, headers: dict[str, str], status: int
) -> tuple[float, str | None]:
    """Milliseconds and the entity tag. Read from the socket itself: Python's client takes longer than a kept page."""
    lines = [f"GET {path} HTTP/1.1", *(f"{k}: {v}" for k, v in (headers | {"Host": "127.0.0.1"}).items())]
    request = "\r\n".join([*lines, "", ""]).encode()
    start = time.perf_counter()
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(LARGEST)
    head, _, body = answer.partition(b"\r\n\r\n")
    told = {k.lower(): v for k, v in (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])}
    left = int(told.get("content-length", 0)) - len(body)
    while left > 0:
        left -= len(connection.recv(left))
    taken = (time.perf_counter() - start) * 1000
    if head.split()[1] != str(status).encode():
        raise CommandError(f"{path}: {head.decode()} instead of {status}")
    return taken, told.get("etag")


@contextmanager
def served() -> Iterator[socket.socket]:
    """A connection to a server on a free port, which ends with it."""
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
    environment = os.environ | {"PORT": str(port), "WEB_CONCURRENCY": "1"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        with _connected(port) as connection:
            yield connection
    finally:
        server.terminate()
        server.wait()


def _connected(port: int) -> socket.socket:
    """Waits up to 20 s for the server. Raises CommandError."""
    for _ in range(100):
        with suppress(ConnectionRefusedError):
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return connection
        time.sleep(0.2)
    raise CommandError("The server does not start.")
