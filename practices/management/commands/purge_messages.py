"""Deletes copies of readers' messages that are older than the privacy page promises; to be run every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from practices.models.message import Message
from practices.relay import KEPT_FOR


class Command(BaseCommand):
    help = "Delete copies of readers' messages that are older than 12 months."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted, _ = Message.objects.before(timezone.now() - KEPT_FOR).delete()
        self.stdout.write(f"{deleted} deleted.")
