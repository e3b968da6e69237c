"""`manage.py search_ship [--once]`: takes changed records to the search server."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indexing.errors import EngineUnavailable
from indexing.management.server import require_server
from indexing.shipping import INTERVAL, LONGEST_PAUSE, run_shipping_loop, ship


class Command(BaseCommand):
    help = "Take changed records to the search server, for ever or once. Several may run: one works, the others wait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one pass, then end")

    def handle(self, *args: object, once: bool, **options: object) -> None:
        """Ship by hand, or without the worker (`manage.py worker`)."""
        require_server()
        if once:
            try:
                shipped = ship()
            except EngineUnavailable as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"Shipped {shipped.records if shipped else 0}.")
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        run_shipping_loop(stop.wait, interval=INTERVAL, max_pause=LONGEST_PAUSE)
