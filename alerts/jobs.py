"""Write the alert e-mails that are due and put them into the outbox; safe to be killed at any line and to run twice at once.

An e-mail and its items are saved in one transaction; putting it into the outbox and marking it as sent is another. So no
practice is missed, and only the outbox may send an e-mail twice, with the same Message-ID (docs/decisions/alerts.md).
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

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
class RunResult:
    """Number of e-mails written and sent in a run, and of those still waiting."""

    written: int = 0
    sent: int = 0
    waiting: int = 0


def something_is_due() -> bool:
    now = timezone.now()
    due = Subscription.objects.due(now), AlertEmail.objects.unsent(), Subscription.objects.expired(now)
    return any(queryset.exists() for queryset in due)


@jobs.job("alerts.send", every=timedelta(minutes=5), when=something_is_due)
def send_alerts(cursor: list[int] | None) -> jobs.Next | jobs.Done:
    """Write one e-mail, or put one into the outbox, per step. A failure is logged and does not block other e-mails."""
    if cursor is None:
        Subscription.objects.expired(timezone.now()).forget()
    stage, pk = cursor or (WRITE, 0)
    instance: Any = _next(stage, pk)
    if instance is None:
        return jobs.Next([SEND, 0]) if stage == WRITE else jobs.Done()
    try:
        with transaction.atomic():
            write(instance) if stage == WRITE else send(instance)
    except Exception:
        logger.exception(
            "%s %s failed; it is tried again by the next run.", type(instance).__name__, instance.pk
        )
    return jobs.Next([stage, instance.pk])


def _next(stage: int, pk: int) -> Subscription | AlertEmail | None:
    if stage == WRITE:
        return Subscription.objects.due(timezone.now()).filter(pk__gt=pk).order_by("pk").first()
    return AlertEmail.objects.unsent().filter(pk__gt=pk).first()


def run() -> RunResult | None:
    """Write and send all due e-mails, for the command; return None if another run is in progress."""
    with lease(JOB) as acquired:
        try:
            return _write_and_send(acquired) if acquired else None
        except Lost:
            return None


def _write_and_send(acquired: Held) -> RunResult:
    result, now = RunResult(), timezone.now()
    Subscription.objects.expired(now).forget()
    for subscription in Subscription.objects.due(now):
        acquired.renew()
        result.written += write(subscription)
    for alert_email in AlertEmail.objects.unsent().select_related("subscription"):
        acquired.renew()
        result.sent += send(alert_email)
    result.waiting = AlertEmail.objects.unsent().count()
    return result


def write(subscription: Subscription) -> bool:
    """Save the e-mail that is due, if there are new practices, and the next due time. Return whether an e-mail was saved."""
    version = current_version()  # read first: a change during the search is examined in the next run
    keys = new_matches(subscription, _engine())
    with transaction.atomic():
        # The process that updates `due` first writes the e-mail.
        claimed = Subscription.objects.filter(pk=subscription.pk, due=subscription.due).update(
            due=subscription.due_after(timezone.now()), looked_to=version
        )
        if not claimed or not keys:
            return False
        subscription.items.withheld().filter(
            key__in=keys
        ).delete()  # withheld from an earlier e-mail, announced in this one
        alert_email = AlertEmail.objects.create(subscription=subscription, message_id=new_message_id())
        SentItem.objects.bulk_create(
            SentItem(subscription=subscription, alert_email=alert_email, key=key) for key in keys
        )
    return True


@transaction.atomic
def send(alert_email: AlertEmail) -> bool:
    """Put an e-mail into the outbox and mark it as sent. Return whether there was anything to send."""
    # First, because it locks the row: only one of two runs sends. 0 if the reader has deleted the alert.
    if not AlertEmail.objects.unsent().filter(pk=alert_email.pk).update(sent=timezone.now()):
        return False
    message = email_of(alert_email)
    if message:
        with override(alert_email.subscription.language):
            message.send()
    return bool(message)


def requeue_items(message_id: str) -> None:
    """Include the items of an undeliverable e-mail in the next one."""
    for alert_email in AlertEmail.objects.filter(message_id=message_id):
        alert_email.items.withhold_except(keys=[])


@cache
def _engine() -> DatabaseEngine:
    return DatabaseEngine()
