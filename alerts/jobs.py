"""Writes the e-mails that are due and puts them into the outbox. It may be killed at any line, and two may run at once.

An e-mail and what it mentions are saved in one transaction; going into the outbox and being marked as sent are another. So
nobody misses a practice, and no e-mail goes twice but by the outbox, with one Message-ID (docs/decisions/alerts.md).
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from alerts.emails import email_of, new_message_id
from alerts.matching import new_matches
from alerts.models import AlertEmail, SentItem, Subscription
from core import jobs
from core.leases import Held, Lost, lease
from core.versions import current_version
from search.engines.database import DatabaseEngine

logger = logging.getLogger(__name__)
JOB = "alerts"
WRITE, SEND = 0, 1


@dataclass
class Done:
    """What a run has done: e-mails written and sent, and how many still wait."""

    written: int = 0
    sent: int = 0
    waiting: int = 0


def something_is_due() -> bool:
    now = timezone.now()
    due = Subscription.objects.due(now), AlertEmail.objects.unsent(), Subscription.objects.expired(now)
    return any(found.exists() for found in due)


@jobs.job("alerts.send", every=timedelta(minutes=5), when=something_is_due)
def send_alerts(cursor: list[int] | None) -> jobs.Next | jobs.Done:
    """One e-mail a step: written, or put into the outbox. One that fails is logged and holds up no other."""
    if cursor is None:
        Subscription.objects.expired(timezone.now()).forget()
    stage, pk = cursor or (WRITE, 0)
    found: Any = _next(stage, pk)
    if found is None:
        return jobs.Next([SEND, 0]) if stage == WRITE else jobs.Done()
    try:
        with transaction.atomic():
            write(found) if stage == WRITE else send(found)
    except Exception:
        logger.exception("%s %s failed; it is tried again by the next run.", type(found).__name__, found.pk)
    return jobs.Next([stage, found.pk])


def _next(stage: int, pk: int) -> Subscription | AlertEmail | None:
    if stage == WRITE:
        return Subscription.objects.due(timezone.now()).filter(pk__gt=pk).order_by("pk").first()
    return AlertEmail.objects.unsent().filter(pk__gt=pk).first()


def run() -> Done | None:
    """One run, for the command; None where another one is in progress."""
    with lease(JOB) as held:
        try:
            return _work(held) if held else None
        except Lost:
            return None


def _work(held: Held) -> Done:
    done, now = Done(), timezone.now()
    Subscription.objects.expired(now).forget()
    for subscription in Subscription.objects.due(now):
        held.renew()
        done.written += write(subscription)
    for alert_email in AlertEmail.objects.unsent().select_related("subscription"):
        held.renew()
        done.sent += send(alert_email)
    done.waiting = AlertEmail.objects.unsent().count()
    return done


def write(subscription: Subscription) -> bool:
    """Save the e-mail that is due, if there is anything new, and when the next one is. Returns whether there is one."""
    version = current_version()  # first: a change that comes while we look is looked at next time
    keys = new_matches(subscription, _engine())
    with transaction.atomic():
        # Whoever moves it first writes the e-mail.
        claimed = Subscription.objects.filter(pk=subscription.pk, due=subscription.due).update(
            due=subscription.due_after(timezone.now()), looked_to=version
        )
        if not claimed or not keys:
            return False
        subscription.items.left_out().filter(
            key__in=keys
        ).delete()  # left out of another e-mail, told in this one
        alert_email = AlertEmail.objects.create(subscription=subscription, message_id=new_message_id())
        SentItem.objects.bulk_create(
            SentItem(subscription=subscription, alert_email=alert_email, key=key) for key in keys
        )
    return True


@transaction.atomic
def send(alert_email: AlertEmail) -> bool:
    """Put an e-mail into the outbox and note it. Returns whether there was anything to send."""
    # First: it holds the row, so that of two runs one sends; 0 where its reader has deleted it.
    if not AlertEmail.objects.unsent().filter(pk=alert_email.pk).update(sent=timezone.now()):
        return False
    message = email_of(alert_email)
    if message:
        message.send()
    return bool(message)


def tell_again(message_id: str) -> None:
    """What an e-mail told that the mail server has refused for days goes into the next one."""
    for alert_email in AlertEmail.objects.filter(message_id=message_id):
        alert_email.items.leave_out(but=[])


@cache
def _engine() -> DatabaseEngine:
    return DatabaseEngine()
