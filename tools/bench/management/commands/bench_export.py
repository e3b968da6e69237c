"""`bench_export verdicts.json`: the most memory of exporting every practice, against that of the first thousand."""

import os
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.management import BaseCommand

from exports.columns import table_of
from exports.entries import Entry, iter_entries
from exports.formats import STREAMED_FORMATS
from exports.tables import as_xlsx
from indexing.kinds import only_kind
from search.engines import engine
from search.query import Query
from tools.bench.targets import Verdict, save_verdicts

FIRST = 1_000
FLAT = 1.1


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: object, verdicts: Path, **options: object) -> None:
        engine().prepare()
        results = []
        for name in (*STREAMED_FORMATS, "xlsx"):
            self.number, self.at_first, self.most = 0, 0.0, 0.0
            practices = self.watched(iter_entries(Query()))
            if name == "xlsx":
                as_xlsx(practices, table_of(only_kind(())), "Practices").close()
            else:
                for _ in STREAMED_FORMATS[name].write(practices, table_of(only_kind(()))):
                    pass
            self.stdout.write(f"{name}: {self.number:,} practices, {self.at_first:.0f} to {self.most:.0f} MB")
            what = f"memory of a {name} export, all practices to the first {FIRST:,}"
            results.append(Verdict(what, self.most / self.at_first, FLAT))
        save_verdicts(results, verdicts)

    def watched(self, practices: Iterable[Entry]) -> Iterator[Entry]:
        for self.number, practice in enumerate(practices, start=1):
            if self.number % FIRST == 0:
                self.most = max(self.most, memory())
                self.at_first = self.at_first or self.most
            yield practice


def memory() -> float:
    """What this process holds now, in MB."""
    with open("/proc/self/statm") as statm:
        pages = int(statm.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
