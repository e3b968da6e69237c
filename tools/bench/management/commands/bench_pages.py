"""`bench_pages verdicts.json`: the demo site by gunicorn on this machine; pages asked anew, from the cache and with their tag."""

import socket
from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, CommandError, call_command

from ops.prepare import collect_static
from practices.models import PracticePage
from tools.bench.http import connect, request, run_server, send
from tools.bench.loading import corpus_hash, mark_as_loaded
from tools.bench.targets import MIN_SPEEDUP_OF_CACHED, Verdict, save_verdicts
from tools.bench.timing import Ratio, Timing

ROUNDS = 60
ENCODING = {"Accept-Encoding": "gzip"}
# A cookie that the cache takes for a person's, and that nothing else reads.
PASSING = ENCODING | {"Cookie": "messages=bench"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        pages = demo_pages(self)
        results = []
        self.stdout.write(
            "\nPages of the demo site for an anonymous reader, over http from one gunicorn worker:"
        )
        with run_server(workers=1) as port, connect(port) as connection:
            for name, path in pages.items():
                fresh, cached, unchanged = measured(connection, path)
                self.stdout.write(f"{name}\n  {fresh}\n  {cached}\n  {unchanged}")
                times = min(Ratio(fresh, cached).median, Ratio(fresh, unchanged).median)
                results.append(
                    Verdict(f"{name}: times the uncached rate", times, MIN_SPEEDUP_OF_CACHED, at_least=True)
                )
        save_verdicts(results, verdicts)


def demo_pages(command: BaseCommand) -> dict[str, str]:
    """Fill the demo site if it is empty, and return name -> path of the pages that are measured."""
    call_command("migrate", verbosity=0)
    if not corpus_hash():
        call_command("setup_portal", verbosity=0)
        call_command("load_demo", stdout=command.stderr)
        mark_as_loaded("demo")
    collect_static()
    return {
        "front page": "/en/",
        "practice page": PracticePage.objects.live().order_by("pk")[0].get_url(),
        "search page": "/en/search/?q=digital",  # a page full of results
    }


def measured(connection: socket.socket, path: str) -> tuple[Timing, Timing, Timing]:
    """Timings of the page made anew, from the cache and as 304, in turn. Raises CommandError where it is not kept."""
    tag = send(connection, request(path, ENCODING)).headers.get("etag")
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
            reply = send(connection, request(path, headers))
            if reply.status != status:
                raise CommandError(f"{path}: {reply.status} instead of {status}")
            times[name].append(reply.milliseconds)
    fresh, cached, unchanged = (Timing(name, each) for name, each in times.items())
    return fresh, cached, unchanged
