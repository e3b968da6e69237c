"""`manage.py record_answers FOLDER`: what the portal answers to everybody, and each kind of e-mail that it sends."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from tools.recordings.recording import record_all


class Command(BaseCommand):
    help = "Ask for every page, file and API answer, and record them with the e-mails. Writes to the database: give it a copy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        self.stdout.write(f"{record_all(folder)} answers and e-mails in {folder}")
