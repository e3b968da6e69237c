"""`bench_usage verdicts.json`: the demo site with and without counts of use, by two servers asked in turn."""

import socket
from argparse import ArgumentParser
from itertools import chain
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from tools.bench.http import connect, request, run_server, send
from tools.bench.management.commands.bench_pages import ENCODING, PASSING, demo_pages
from tools.bench.targets import MAX_RATIO_OF_COUNTED, Verdict, save_verdicts
from tools.bench.timing import Ratio, Timing

# A reader's browser: what a program asks for costs less to count.
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
WARM_UP = 10
WITH, WITHOUT = "with counts", "without"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        pages = demo_pages(self)
        results = []
        self.stdout.write("\nPages of the demo site with and without counts of use, by two servers in turn:")
        with (
            run_server(workers=1) as counting,
            run_server(workers=1, BENCH_WITHOUT_COUNTING="1") as plain,
            connect(counting) as with_counts,
            connect(plain) as without,
        ):
            servers = {WITH: with_counts, WITHOUT: without}
            for way, rounds in (("made anew", 60), ("from the cache", 600), ("as 304", 600)):
                times = [measured(servers, path, way, rounds) for path in pages.values()]
                joined = {
                    name: Timing(name, list(chain.from_iterable(each[name] for each in times)))
                    for name in servers
                }
                ratio = Ratio(joined[WITH], joined[WITHOUT])
                self.stdout.write(f"{way}\n  {joined[WITH]}\n  {joined[WITHOUT]}\n  {ratio}")
                what = f"pages {way}, with counts of use to without"
                results.append(Verdict(what, ratio.median, MAX_RATIO_OF_COUNTED))
        save_verdicts(results, verdicts)


def measured(servers: dict[str, socket.socket], path: str, way: str, rounds: int) -> dict[str, list[float]]:
    """Return server -> milliseconds of each round; each server is first in every other round."""
    times: dict[str, list[float]] = {name: [] for name in servers}
    messages = {name: _message(connection, path, way) for name, connection in servers.items()}
    for number in range(WARM_UP + rounds):
        for name in sorted(servers, reverse=bool(number % 2)):
            reply = send(servers[name], messages[name])
            if reply.status != (304 if way == "as 304" else 200):
                raise CommandError(f"{path} {way}: {reply.status}")
            if number >= WARM_UP:
                times[name].append(reply.milliseconds)
    return times


def _message(connection: socket.socket, path: str, way: str) -> bytes:
    tag = send(connection, request(path, ENCODING | BROWSER)).headers["etag"]
    headers = {"made anew": PASSING, "from the cache": ENCODING, "as 304": ENCODING | {"If-None-Match": tag}}
    return request(path, headers[way] | BROWSER)
