"""`bench_export verdicts.json`: the most memory of exporting every practice, against that of the first thousand."""

import resource
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from bench.targets import Verdict, keep
from search.engines import engine
from search.entries import Entry, walk
from search.exports.columns import headings
from search.exports.forms import STREAMED
from search.exports.tables import as_xlsx
from search.question import Question

FIRST = 1_000
FLAT = 1.1


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verdicts", type=Path)

    def handle(self, *args: Any, verdicts: Path, **options: Any) -> None:
        engine().prepare()
        found = []
        for name in (*STREAMED, "xlsx"):
            self.at_first, self.number = 0, 0
            practices = self.watched(walk(Question()))
            if name == "xlsx":
                as_xlsx(practices, headings(), "Practices").close()
            else:
                for _ in STREAMED[name].write(practices, headings()):
                    pass
            most = most_memory()
            self.stdout.write(f"{name}: {self.number:,} practices, {self.at_first} to {most} kB", ending="\n")
            what = f"memory of a {name} export, all practices to the first {FIRST:,}"
            found.append(Verdict(what, most / self.at_first, FLAT))
        keep(found, verdicts)

    def watched(self, practices: Iterable[Entry]) -> Iterator[Entry]:
        for self.number, practice in enumerate(practices, start=1):
            if self.number == FIRST:
                self.at_first = most_memory()
            yield practice


def most_memory() -> int:
    """The most that this process has had so far, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
