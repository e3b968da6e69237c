"""`bench_wagtail verdicts.json`: our engine on Elasticsearch against Wagtail's own backend for it, a request a facet.

Both give the first twenty practices, the total and counts of all facets. No query is asked twice: what readers ask for
again comes from the portal's own kept pages, so one that reaches a server is new, and the server's memory of answers, which
the backend's requests a facet could use, has nothing to give. Our whole answer, which has labels and marked snippets
too, is compared on other queries.
"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, call_command

from indexing.models import Record, card_rows
from search.engines import engine
from search.query import Query
from search.results import results_for
from tools.bench.corpus import Corpus
from tools.bench.loading import corpus_hash
from tools.bench.queries import queries
from tools.bench.rivals import StockElasticsearch
from tools.bench.targets import Verdict, save_verdicts
from tools.bench.timing import Ratio, compare_without_cache

ENGINE_AND_RECORDS, WHOLE = "our engine and records", "our whole answer"
WARM_UP, ENGINE, ANSWER = 60, 240, 60  # queries


def engine_and_records(query: Query) -> int:
    """The total; asked for it with the twenty practices and all counts, as `StockElasticsearch.ask`."""
    results = engine().search(query)
    list(card_rows(results.keys))
    return results.total


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        call_command("search_rebuild", if_needed=True)
        size, stock = Record.objects.count(), StockElasticsearch()
        stock.prepare()
        bench_queries = queries(Corpus(size), WARM_UP + ENGINE + ANSWER).two_words
        warm_up, rest = bench_queries[:WARM_UP], bench_queries[WARM_UP:]
        engines = compare_without_cache(
            {ENGINE_AND_RECORDS: engine_and_records, stock.name: stock.ask}, warm_up, rest[:ENGINE]
        )
        answers = compare_without_cache(
            {WHOLE: lambda query: results_for(query).total, stock.name: stock.ask},
            warm_up,
            rest[ENGINE:],
        )
        ratio = Ratio(engines[ENGINE_AND_RECORDS], engines[stock.name])
        lines = [
            f"\n{size:,} practices on Elasticsearch",
            f"corpus    {corpus_hash()}",
            *engines.values(),
            ratio,
            *answers.values(),
            Ratio(answers[WHOLE], answers[stock.name]),
        ]
        self.stdout.write("\n".join(map(str, lines)))
        save_verdicts(
            [
                Verdict(
                    f"times as fast as Wagtail's Elasticsearch backend, {size:,} practices",
                    1 / ratio.median,
                    3,
                    at_least=True,
                )
            ],
            verdicts,
        )
