"""`bench_ask 10000 verdicts.json`: asks the filled database the queries, ours and the rivals in turn."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import connection

from search.query import Query
from search.results import results_for
from tools.bench.changes import first_after_a_change
from tools.bench.corpus import Corpus
from tools.bench.loading import corpus_hash
from tools.bench.queries import queries
from tools.bench.rivals import BARE, STOCK, rivals
from tools.bench.targets import ALONE, LARGE, OF_STOCK, SMALL, TO_BARE, Verdict, keep
from tools.bench.timing import Ask, Ratio, TotalsDiffer, compare, spread

OURS = "our whole answer"


def ours(query: Query) -> int:
    """Twenty practices with marked pieces of text, the total and all counts: what the page shows."""
    return results_for(query).total


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", type=int)
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, size: int, verdicts: Path, **options: object) -> None:
        asked = queries(Corpus(size))
        self.say(
            f"\n{size:,} practices, {connection.vendor}",
            f"corpus    {corpus_hash()}",
            f"queries   {asked.hash}",
        )
        try:
            ways: dict[str, Ask] = {OURS: ours, **{rival.name: rival.ask for rival in rivals(size)}}
            two_words = compare(ways, asked.two_words)
        except TotalsDiffer as differ:
            raise CommandError(f"Not timed, since the totals differ: {differ}") from differ
        totals = [ours(query) for query in asked.two_words]
        self.say(f"{len(totals)} queries of two words and one or two filters, which find {spread(totals)}:")
        self.say(*two_words.values())
        first = two_words[OURS]
        ratios = {name: Ratio(first, other) for name, other in two_words.items() if name != OURS}
        self.say(*ratios.values())
        alone = compare({OURS: ours}, asked.filters_alone)[OURS]
        everything = compare({OURS: ours}, [asked.everything])[OURS]
        dearest = asked.filters_alone[alone.by_query.index(alone.slowest)].to_query_string()
        self.say(f"no text, no filter {everything.median:.2f} ms; filters alone {spread(alone.by_query)} ms")
        self.say(f"dearest: {alone.slowest:.2f} ms for {dearest}", *first_after_a_change(asked, size))
        where = f"{connection.vendor}, {size:,}"
        found = [
            Verdict(
                f"{where}: filters alone, the dearest, to two words", alone.slowest / first.median, ALONE
            ),
            Verdict(f"{where}: no text and no filter to two words", everything.median / first.median, 1),
        ]
        if size == LARGE:
            found.append(
                Verdict(
                    f"{where}: whole answer to bare query", ratios[BARE].median, TO_BARE[connection.vendor]
                )
            )
        if size == SMALL:
            times = 1 / ratios[STOCK].median
            found.append(
                Verdict(f"{where}: times as fast as stock", times, OF_STOCK[connection.vendor], at_least=True)
            )
        keep(found, verdicts)

    def say(self, *lines: object) -> None:
        self.stdout.write("\n".join(map(str, lines)))
