"""Jobs for readers' messages: deliver them, remind of late ones, and delete old copies."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.jobs import Done, Next, job
from core.outbox import Mail
from enquiries.models import Answer, Message
from enquiries.relay import RETENTION, deliver
from enquiries.reminders import holders, remind_holder

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


@job("enquiries.remind_of_late_messages", daily_at=9)
def remind_of_late_messages(cursor: str | None) -> Next | Done:
    """Remind one holder in each step. The cursor is the last one."""
    now = timezone.now()
    rest = [holder for holder in holders(now) if cursor is None or holder > cursor]
    if not rest:
        return Done()
    remind_holder(rest[0], now)
    return Next(rest[0])


@job("enquiries.purge_messages", daily_at=3)
def purge_messages(cursor: None) -> Done:
    """Delete copies that are older than the privacy page promises, together with the answers to them and the e-mails of these."""
    old = Message.objects.before(timezone.now() - RETENTION)
    answers = Answer.objects.filter(message__in=old)
    with transaction.atomic():
        # An e-mail that was given up, or still waits, has the text of both.
        Mail.objects.filter(message_id__in=answers.values("mail_id")).delete()
        _, deleted = old.delete()
    return Done(str(deleted.get(Message._meta.label, 0)))
