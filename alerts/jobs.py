"""Writes the letters that are due and puts them into the outbox. It may be killed at any line, and two may run at once.

A letter and what it mentions are saved in one transaction; going into the outbox and being marked as sent are another. So
nobody misses a practice, and no letter goes twice but by the outbox, with one Message-ID (docs/decisions/alerts.md).
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from alerts.letters import email_of, new_message_id
from alerts.models import Letter, Mention, Subscription
from alerts.news import news
from core import jobs
from core.leases import Held, Lost, lease
from core.versions import current_version
from search.engines.database import DatabaseEngine

logger = logging.getLogger(__name__)
JOB = "alerts"
WRITE, SEND = 0, 1


@dataclass
class Done:
    """What a run has done: letters written and sent, and how many still wait."""

    written: int = 0
    sent: int = 0
    waiting: int = 0


def something_is_due() -> bool:
    now = timezone.now()
    due = Subscription.objects.due(now), Letter.objects.unsent(), Subscription.objects.expired(now)
    return any(found.exists() for found in due)


@jobs.job("alerts.send", every=timedelta(minutes=5), when=something_is_due)
def send_alerts(cursor: list[int] | None) -> jobs.Next | jobs.Done:
    """One letter a step: written, or put into the outbox. One that fails is logged and holds up no other."""
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


def _next(stage: int, pk: int) -> Subscription | Letter | None:
    if stage == WRITE:
        return Subscription.objects.due(timezone.now()).filter(pk__gt=pk).order_by("pk").first()
    return Letter.objects.unsent().filter(pk__gt=pk).first()


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
    for letter in Letter.objects.unsent().select_related("subscription"):
        held.renew()
        done.sent += send(letter)
    done.waiting = Letter.objects.unsent().count()
    return done


def write(subscription: Subscription) -> bool:
    """Save the letter that is due, if there is anything new, and when the next one is. Returns whether there is one."""
    version = current_version()  # first: a change that comes while we look is looked at next time
    keys = news(subscription, _engine())
    with transaction.atomic():
        # Whoever moves it first writes the letter.
        claimed = Subscription.objects.filter(pk=subscription.pk, due=subscription.due).update(
            due=subscription.due_after(timezone.now()), looked_to=version
        )
        if not claimed or not keys:
            return False
        subscription.mentions.left_out().filter(
            key__in=keys
        ).delete()  # left out of another letter, told in this one
        letter = Letter.objects.create(subscription=subscription, message_id=new_message_id())
        Mention.objects.bulk_create(
            Mention(subscription=subscription, letter=letter, key=key) for key in keys
        )
    return True


@transaction.atomic
def send(letter: Letter) -> bool:
    """Put a letter into the outbox and note it. Returns whether there was anything to send."""
    # First: it holds the row, so that of two runs one sends; 0 where its reader has deleted it.
    if not Letter.objects.unsent().filter(pk=letter.pk).update(sent=timezone.now()):
        return False
    message = email_of(letter)
    if message:
        message.send()
    return bool(message)


def tell_again(message_id: str) -> None:
    """What a letter told that the mail server has refused for days goes into the next one."""
    for letter in Letter.objects.filter(message_id=message_id):
        letter.mentions.leave_out(but=[])


@cache
def _engine() -> DatabaseEngine:
    return DatabaseEngine()
