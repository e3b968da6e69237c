"""`bench_wagtail verdicts.json`: our engine on Elasticsearch against Wagtail's own backend for it, a request a facet.

Both give the first twenty practices, the total and counts of all facets. Our whole answer, which has labels and marked
snippets too, is timed beside them.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, call_command

from bench.corpus import Corpus
from bench.loading import corpus_hash
from bench.questions import questions
from bench.rivals import StockElasticsearch
from bench.targets import Verdict, keep
from bench.timing import Ratio, compare
from search.answer import answer
from search.engines import engine
from search.models import Record, shown_rows
from search.question import Question

OURS, WHOLE = "our engine and records", "our whole answer"


def ours(question: Question) -> int:
    """The total; asked for it with the twenty practices and all counts, as `StockElasticsearch.ask`."""
    found = engine().search(question)
    list(shown_rows(found.keys))
    return found.total


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: Any, verdicts: Path, **options: Any) -> None:
        call_command("search_rebuild", if_needed=True)
        size, stock = Record.objects.count(), StockElasticsearch()
        stock.prepare()
        ways = {OURS: ours, stock.name: stock.ask, WHOLE: lambda question: answer(question).total}
        timings = compare(ways, questions(Corpus(size)).two_words)
        ratio = Ratio(timings[OURS], timings[stock.name])
        lines = [
            f"\n{size:,} practices on Elasticsearch",
            f"corpus    {corpus_hash()}",
            *timings.values(),
            ratio,
            Ratio(timings[WHOLE], timings[stock.name]),
        ]
        self.stdout.write("\n".join(map(str, lines)))
        keep(
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
