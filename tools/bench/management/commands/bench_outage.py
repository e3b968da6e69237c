"""`bench_outage verdicts.json`: queries while the search server is away, against the database engine by itself."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from indexing.errors import EngineUnavailable
from indexing.models import Record
from search.engines.circuit_breaker import CircuitBreaker
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.query import Query
from tools.bench.corpus import Corpus
from tools.bench.queries import queries
from tools.bench.targets import Verdict, save_verdicts
from tools.bench.timing import Ratio, compare

AWAY, MAX_RATIO_OF_FILTERS_ALONE = "server away", "database engine alone"


class UnavailableEngine(ElasticEngine):
    """A server that refuses every connection; the drills of the tests put the real one behind worse faults."""

    def check(self) -> None:
        raise EngineUnavailable("refused")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        database = DatabaseEngine()
        breaker = CircuitBreaker(UnavailableEngine(), fallback=database)
        breaker.prepare()
        if not breaker.search(Query()).degraded:
            raise CommandError("The server answered.")
        ways = {
            AWAY: lambda query: breaker.search(query).total,
            MAX_RATIO_OF_FILTERS_ALONE: lambda query: database.search(query).total,
        }
        size = Record.objects.count()
        timings = compare(ways, queries(Corpus(size)).two_words)
        ratio = Ratio(timings[AWAY], timings[MAX_RATIO_OF_FILTERS_ALONE])
        self.stdout.write("\n".join(map(str, [f"\n{size:,} practices", *timings.values(), ratio])))
        save_verdicts(
            [Verdict("answers in an outage to the database engine's own", ratio.median, 1.1)], verdicts
        )
