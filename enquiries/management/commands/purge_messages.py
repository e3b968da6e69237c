"""Deletes copies of readers' messages that are older than the privacy page promises: the worker does it every night."""

from django.core.management.base import BaseCommand

from enquiries.jobs import purge_messages


class Command(BaseCommand):
    help = "Delete copies of readers' messages that are older than 12 months."

    def handle(self, *args: object, **options: object) -> None:
        deleted = purge_messages(None).outcome
        if deleted != "0":
            self.stdout.write(f"{deleted} deleted.")
