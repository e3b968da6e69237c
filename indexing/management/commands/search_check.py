"""`manage.py search_check [--repair]`: compares pages with records, and records with the search server."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indexing.consistency import check
from indexing.errors import EngineUnavailable


class Command(BaseCommand):
    help = "Compare every public page with its record and every record with the search server; --repair mends both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="rebuild records and send documents that differ"
        )

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        try:
            result = check(repair=repair)
        except EngineUnavailable as error:
            raise CommandError(f"The search server cannot be compared: {error}") from error
        for line in result.lines():
            self.stdout.write(line)
        if result.drift and not repair:
            raise CommandError("There is drift; run again with --repair.")
        self.stdout.write("Mended." if result.drift else "Pages, records and search server agree.")
