"""Writes to subscribers what is new for their questions; to be run every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from alerts.job import run


class Command(BaseCommand):
    help = "Send the alerts that are due, and those that could not be sent before."

    def handle(self, *args: Any, **options: Any) -> None:
        done = run()
        if done is None:
            self.stdout.write("Another run is at it.")
        else:
            self.stdout.write(f"{done.written} written, {done.sent} sent, {done.waiting} wait.")
