"""Jobs for readers' messages: deliver them, and delete old copies."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.jobs import Done, Next, job
from enquiries.models import Message
from enquiries.relay import RETENTION, deliver

logger = logging.getLogger(__name__)


def has_due_messages() -> bool:
    return Message.objects.due(timezone.now()).exists()


@job("enquiries.deliver_messages", every=timedelta(minutes=5), when=has_due_messages)
def deliver_messages(cursor: list[int] | int | None) -> Next | Done:
    """Deliver one message in each step, in queue order. One that fails is logged and does not block the others.

    The cursor is [turn, id] of the last message; a number, from an earlier release, restarts from the first.
    """
    turn, pk = cursor if isinstance(cursor, list) else (0, 0)
    message = Message.objects.due(timezone.now()).after(turn, pk).first()
    if message is None:
        return Done()
    try:
        with transaction.atomic():
            deliver(message)
    except Exception:
        logger.exception("Message %s could not be passed on.", message.pk)
    return Next([message.turn, message.pk])


@job("enquiries.purge_messages", daily_at=3)
def purge_messages(cursor: None) -> Done:
    """Delete copies that are older than the privacy page promises."""
    deleted, _ = Message.objects.before(timezone.now() - RETENTION).delete()
    return Done(str(deleted))
