"""`manage.py search_ship [--once]`: takes changed records to the search server."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indexing.errors import EngineUnavailable
from indexing.management.server import require_server
from indexing.shipping import EVERY, LONGEST_PAUSE, ship, ship_for_ever


class Command(BaseCommand):
    help = "Take changed records to the search server, for ever or once. Several may run: one works, the others wait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one pass, then end")

    def handle(self, *args: object, once: bool, **options: object) -> None:
        """By hand, or where the worker (`manage.py worker`) shall not do it."""
        require_server()
        if once:
            try:
                shipped = ship()
            except EngineUnavailable as away:
                raise CommandError(str(away)) from away
            self.stdout.write(f"Shipped {shipped.records if shipped else 0}.")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        ship_for_ever(stop.wait, every=EVERY, longest=LONGEST_PAUSE)
