"""`manage.py worker`: run jobs, the timetable, the mail outbox and shipping to the search server until stopped."""

import signal
import sys
import threading

from django.core.management.base import BaseCommand, CommandParser

from core.jobs.timetable import enqueue_due
from core.jobs.worker import run_all, work


class Command(BaseCommand):
    help = "Run jobs, timetable, mail and shipping. On PostgreSQL several may run; on SQLite one is enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run the jobs that are due now, then end")

    def handle(self, *args: object, once: bool, **options: object) -> None:
        if once:
            enqueue_due()
            run_all()
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        if not work(stop):
            sys.exit(1)
