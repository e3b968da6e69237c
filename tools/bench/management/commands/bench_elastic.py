"""`bench_elastic verdicts.json`: the search page on Elasticsearch against a stock request sent raw, at one client and at 16."""

import json
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from indexing.models import Record
from search.query import Query
from search.results import results_for
from tools.bench.corpus import Corpus
from tools.bench.elastic import STOCK, fill_stock, server_port, stock_body
from tools.bench.http import connect, request, run_server, send
from tools.bench.loading import corpus_hash
from tools.bench.queries import queries
from tools.bench.targets import Verdict, save_verdicts
from tools.bench.timing import Ratio, Timing

ROUNDS = 5
WORKERS, CLIENTS = 2, 16
SECONDS = 15.0
# A cookie that the cache of pages takes for a person's, so that every page is made anew; encodings as a
# browser names them.
ANEW = {"Accept-Encoding": "gzip, deflate, br, zstd", "Cookie": "messages=bench"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        call_command("search_rebuild", if_needed=True)
        fill_stock()
        size = Record.objects.count()
        bench_queries = queries(Corpus(size)).two_words
        raw = [request(f"/{STOCK}/_search", {}, stock_body(query)) for query in bench_queries]
        pages = [request(f"/{query.lang}/search/?{query.to_query_string()}", ANEW) for query in bench_queries]
        self.say(f"\n{size:,} practices on Elasticsearch", f"corpus    {corpus_hash()}")
        with run_server(WORKERS) as port:
            compare_totals(bench_queries, raw)
            page, stock = self.one_client(port, pages, raw)
            self.say(page, stock, Ratio(page, stock))
            mine, its = throughput(port, pages), throughput(server_port(), raw)
            again, its_again = throughput(port, pages), throughput(server_port(), raw)
        self.say(
            f"{CLIENTS} clients: {mine:.1f} and {again:.1f} pages a second, raw {its:.1f} and {its_again:.1f}"
        )
        percentiles = sorted(page.by_query)[-3] / sorted(stock.by_query)[-3]
        save_verdicts(
            [
                Verdict("whole page to raw request, median", Ratio(page, stock).median, 0.85),
                Verdict("whole page to raw request, 95th percentiles", percentiles, 0.85),
                Verdict(
                    "16 clients: pages to raw requests",
                    (mine + again) / (its + its_again),
                    0.8,
                    at_least=True,
                ),
            ],
            verdicts,
        )

    def one_client(self, port: int, pages: list[bytes], raw: list[bytes]) -> tuple[Timing, Timing]:
        with connect(port) as portal, connect(server_port()) as server:
            times: dict[str, list[float]] = {"page": [], "raw": []}
            for page, stock in zip(pages, raw, strict=True):
                samples: dict[str, list[float]] = {"page": [], "raw": []}
                for _ in range(ROUNDS):
                    samples["page"].append(fine(send(portal, page)))
                    samples["raw"].append(fine(send(server, stock)))
                for name, each in samples.items():
                    times[name].append(sorted(each)[ROUNDS // 2])
        return Timing("whole page", times["page"]), Timing("raw stock request", times["raw"])

    def say(self, *lines: object) -> None:
        self.stdout.write("\n".join(map(str, lines)))


def compare_totals(bench_queries: list[Query], raw: list[bytes]) -> None:
    with connect(server_port()) as server:
        for query, stock in zip(bench_queries, raw, strict=True):
            total = json.loads(send(server, stock).content())["hits"]["total"]["value"]
            results = results_for(query)
            if (results.total, results.degraded) != (total, False):
                raise CommandError(
                    f"Not timed, totals differ: {query.to_query_string()} {results.total} {total}"
                )


def fine(reply: Any) -> float:
    if reply.status != 200:
        raise CommandError(f"{reply.status}: {reply.body[:300]!r}")
    return float(reply.milliseconds)


def throughput(port: int, requests: list[bytes]) -> float:
    """Answers a second at CLIENTS clients, each with a connection of its own."""
    stop = time.monotonic() + SECONDS
    counts = [0] * CLIENTS

    def client(number: int) -> None:
        with connect(port) as connection:
            place = number * 7
            while time.monotonic() < stop:
                fine(send(connection, requests[place % len(requests)]))
                place += 1
                counts[number] += 1

    threads = [threading.Thread(target=client, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS
