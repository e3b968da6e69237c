"""`manage.py compare_answers BEFORE AFTER`: the differences between two recordings."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tools.recordings.comparison import differences


class Command(BaseCommand):
    help = "Print each kind of difference between two recordings once; fails where there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("before", type=Path)
        parser.add_argument("after", type=Path)

    def handle(self, *args: object, before: Path, after: Path, **options: object) -> None:
        lines = differences(before, after)
        self.stdout.write("\n".join(lines))
        if lines:
            raise CommandError("The recordings differ.")
