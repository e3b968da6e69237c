"""`manage.py search_check [--repair]`: compares pages with records, prints the drift, mends it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.drift import drift
from search.drift import repair as mend


class Command(BaseCommand):
    help = "Compare every public page with its search record; with --repair, rebuild the records that differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="rebuild the records that differ")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        found = drift()
        for name in ("missing", "stale", "ghosts"):
            for key in getattr(found, name):
                self.stdout.write(f"{name} {key}")
        if not found:
            self.stdout.write("Records and pages agree.")
        elif repair:
            self.stdout.write(f"Mended {mend(found)}.")
        else:
            raise CommandError("Records and pages differ; run again with --repair.")
