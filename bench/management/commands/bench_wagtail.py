"""`bench_wagtail verdicts.json`: our answer on Elasticsearch against Wagtail's own backend for it, a request a facet."""

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
from search.models import Record

OURS = "our whole answer"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: Any, verdicts: Path, **options: Any) -> None:
        call_command("search_rebuild", if_needed=True)
        size, stock = Record.objects.count(), StockElasticsearch()
        stock.prepare()
        ways = {OURS: lambda question: answer(question).total, stock.name: stock.ask}
        timings = compare(ways, questions(Corpus(size)).two_words)
        ratio = Ratio(timings[OURS], timings[stock.name])
        lines = [
            f"\n{size:,} practices on Elasticsearch",
            f"corpus    {corpus_hash()}",
            *timings.values(),
            ratio,
        ]
        self.stdout.write("\n".join(map(str, lines)))
        keep(
            [Verdict("times as fast as Wagtail's Elasticsearch backend", 1 / ratio.median, 3, at_least=True)],
            verdicts,
        )
