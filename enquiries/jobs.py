"""What the worker does with readers' messages: passes them on, and forgets them in time."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.jobs import Done, Next, job
from enquiries.models import Message
from enquiries.relay import KEPT_FOR, deliver

logger = logging.getLogger(__name__)


def something_waits() -> bool:
    return Message.objects.due(timezone.now()).exists()


@job("enquiries.deliver_messages", every=timedelta(minutes=5), when=something_waits)
def deliver_messages(cursor: list[int] | int | None) -> Next | Done:
    """One message a step, in the order of their turns; one that cannot be passed on is logged and holds up no other.

    The cursor is the turn and the id of the last message; a number, of a release without turns, begins anew.
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
    deleted, _ = Message.objects.before(timezone.now() - KEPT_FOR).delete()
    return Done(str(deleted))
