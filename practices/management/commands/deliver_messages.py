"""Passes on what was kept while no mail server answered; to be run every few minutes."""

import logging
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from practices.models import PracticePage
from practices.models.message import Message
from practices.relay import pass_on

logger = logging.getLogger(__name__)
# A message this young may be on its way from the reader's own request.
BEING_SENT = timedelta(minutes=2)


class Command(BaseCommand):
    help = "Pass on readers' messages that have been kept but not sent."

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = list(Message.objects.undelivered().before(timezone.now() - BEING_SENT))
        sent = 0
        for message in waiting:
            page = PracticePage.objects.of_practice(message.practice_key).originals().first()
            try:
                sent += bool(page and pass_on(message, page))
            except Exception:  # one that cannot be sent must not keep back all after it
                logger.exception("Message %s could not be passed on.", message.pk)
        self.stdout.write(f"{sent} of {len(waiting)} passed on.")
