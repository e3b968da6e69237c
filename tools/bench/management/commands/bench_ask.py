"""`bench_ask 10000 verdicts.json`: asks the filled database the queries, ours and the rivals in turn."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import connection

from search.engines import engine
from search.query import Query
from search.results import results_for
from tools.bench.changes import first_after_a_change
from tools.bench.corpus import Corpus
from tools.bench.loading import corpus_hash
from tools.bench.queries import Queries, queries
from tools.bench.rivals import BARE, STOCK, rivals
from tools.bench.tantivy_rival import Tantivy
from tools.bench.targets import (
    LARGE,
    MAX_RATIO_OF_FILTERS_ALONE,
    MAX_RATIO_TO_BARE,
    MAX_RATIO_TO_TANTIVY,
    MIN_SPEEDUP_OVER_STOCK,
    SMALL,
    Verdict,
    save_verdicts,
)
from tools.bench.timing import Ask, Ratio, TotalsDiffer, compare, spread

PORTAL, ENGINE = "our whole answer", "our engine"


def portal_search(query: Query) -> int:
    """Twenty practices with marked pieces of text, the total and all counts: what the page shows."""
    return results_for(query).total


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", type=int)
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, size: int, verdicts: Path, **options: object) -> None:
        bench_queries = queries(Corpus(size))
        self.say(
            f"\n{size:,} practices, {connection.vendor}",
            f"corpus    {corpus_hash()}",
            f"queries   {bench_queries.hash}",
        )
        try:
            ways: dict[str, Ask] = {
                PORTAL: portal_search,
                **{rival.name: rival.ask for rival in rivals(size)},
            }
            two_words = compare(ways, bench_queries.two_words)
        except TotalsDiffer as differ:
            raise CommandError(f"Not timed, since the totals differ: {differ}") from differ
        results = self.beside_tantivy(bench_queries, size) if connection.vendor == "sqlite" else []
        totals = [portal_search(query) for query in bench_queries.two_words]
        self.say(f"{len(totals)} queries of two words and one or two filters, which find {spread(totals)}:")
        self.say(*two_words.values())
        first = two_words[PORTAL]
        ratios = {name: Ratio(first, other) for name, other in two_words.items() if name != PORTAL}
        self.say(*ratios.values())
        alone = compare({PORTAL: portal_search}, bench_queries.filters_alone)[PORTAL]
        everything = compare({PORTAL: portal_search}, [bench_queries.everything])[PORTAL]
        dearest = bench_queries.filters_alone[alone.by_query.index(alone.slowest)].to_query_string()
        self.say(f"no text, no filter {everything.median:.2f} ms; filters alone {spread(alone.by_query)} ms")
        self.say(f"dearest: {alone.slowest:.2f} ms for {dearest}", *first_after_a_change(bench_queries, size))
        filters_alone = alone.slowest / first.median
        results += [
            *_filter_verdicts(size, filters_alone, everything.median / first.median),
            *_rival_verdicts(size, ratios),
        ]
        save_verdicts(results, verdicts)

    def beside_tantivy(self, bench_queries: Queries, size: int) -> list[Verdict]:
        """Time the engine alone beside Tantivy: keys, total and counts, no texts."""
        rival = Tantivy()
        rival.prepare()
        ways: dict[str, Ask] = {ENGINE: lambda query: engine().search(query).total, rival.name: rival.ask}
        timings = compare(ways, bench_queries.two_words)
        ratio = Ratio(timings[ENGINE], timings[rival.name])
        self.say(*timings.values(), ratio)
        if size != LARGE:
            return []
        return [Verdict(f"sqlite, {size:,}: engine to Tantivy", ratio.median, MAX_RATIO_TO_TANTIVY)]

    def say(self, *lines: object) -> None:
        self.stdout.write("\n".join(map(str, lines)))


def _filter_verdicts(size: int, filters_alone: float, everything: float) -> list[Verdict]:
    """Return the verdicts on queries without a text; both figures are ratios to a query of two words."""
    where = f"{connection.vendor}, {size:,}"
    name = f"{where}: filters alone, the dearest, to two words"
    return [
        Verdict(name, filters_alone, MAX_RATIO_OF_FILTERS_ALONE),
        Verdict(f"{where}: no text and no filter to two words", everything, 1),
    ]


def _rival_verdicts(size: int, ratios: dict[str, Ratio]) -> list[Verdict]:
    """Return the verdicts on the ratios to other ways to search; there is one for each of two sizes."""
    vendor, where = connection.vendor, f"{connection.vendor}, {size:,}"
    if size == LARGE:
        return [
            Verdict(f"{where}: whole answer to bare query", ratios[BARE].median, MAX_RATIO_TO_BARE[vendor])
        ]
    if size == SMALL:
        times, limit = 1 / ratios[STOCK].median, MIN_SPEEDUP_OVER_STOCK[vendor]
        return [Verdict(f"{where}: times as fast as stock", times, limit, at_least=True)]
    return []
