"""`manage.py search_rebuild [--if-needed]`: a new index from the records, which then answers."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.leases import Lost
from indexing.errors import EngineUnavailable
from indexing.management.server import require_server
from indexing.rebuild import Refused, is_needed, rebuild


class Command(BaseCommand):
    help = "Make a new search index from the records and let it answer; goes on where a killed run was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only where no index of this code's mapping answers"
        )

    def handle(self, *args: object, if_needed: bool, **options: object) -> None:
        require_server()
        try:
            if if_needed and not is_needed():
                return
            rebuild(self.stdout.write)
        except (Refused, EngineUnavailable, Lost) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
