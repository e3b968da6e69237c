"""Passes on readers' messages that wait: what the worker does by itself, by hand."""

import logging

from django.core.management.base import BaseCommand
from django.utils import timezone

from enquiries.models import Message
from enquiries.relay import deliver

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Pass on readers' messages that have been kept but not sent."

    def handle(self, *args: object, **options: object) -> None:
        waiting = list(Message.objects.due(timezone.now()))
        sent = 0
        for message in waiting:
            try:
                sent += deliver(message)
            except Exception:  # one that cannot be sent must not keep back all after it
                logger.exception("Message %s could not be passed on.", message.pk)
        if waiting:
            self.stdout.write(f"{sent} of {len(waiting)} passed on.")
