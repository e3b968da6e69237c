"""`bench_fill 10000`: fills the database with the corpus and what the rivals need, unless that has been done."""

from argparse import ArgumentParser

from django.core.management import BaseCommand, call_command
from django.db import connection

from tools.bench.loading import analyse, corpus_hash, load, mark_as_loaded
from tools.bench.rivals import rivals


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", type=int)

    def handle(self, *args: object, size: int, **options: object) -> None:
        call_command("migrate", verbosity=0)
        if corpus_hash():
            return
        self.stdout.write(f"Filling {connection.vendor} with {size:,} practices ...")
        loaded = load(size)
        for rival in rivals(size):
            rival.prepare()
        analyse()
        mark_as_loaded(loaded)
