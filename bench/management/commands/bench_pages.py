"""`bench_pages verdicts.json`: the demo site by gunicorn on this machine; pages asked anew, from the cache and with their tag."""

import os
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from bench.databases import ROOT
from bench.loading import corpus_hash, mark_as_loaded
from bench.targets import CACHED, Verdict, keep
from bench.timing import Ratio, Timing
from practices.models import PracticePage

ROUNDS = 60
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
        pages = {
            "front page": "/en/",
            "practice page": PracticePage.objects.live().order_by("pk")[0].get_url(),
            "search page": "/en/search/?q=broadband&country=KZ",
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


def measured(connection: HTTPConnection, path: str) -> tuple[Timing, Timing, Timing]:
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
    connection: HTTPConnection, path: str, headers: dict[str, str], status: int
) -> tuple[float, str | None]:
    """Milliseconds and the entity tag."""
    start = time.perf_counter()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    taken = (time.perf_counter() - start) * 1000
    if response.status != status:
        raise CommandError(f"{path}: {response.status} instead of {status}")
    return taken, response.headers["ETag"]


@contextmanager
def served() -> Iterator[HTTPConnection]:
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
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for _ in range(100):
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                time.sleep(0.2)
        yield connection
    finally:
        connection.close()
        server.terminate()
        server.wait()
