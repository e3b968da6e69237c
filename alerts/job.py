"""Writes and sends the letters that are due. It may be killed at any line, and two may run at once.

A letter and what it mentions are saved in one transaction, before it is sent; it is marked as sent after. So nobody
misses a practice, and at worst a letter comes twice, with one Message-ID (docs/decisions/alerts.md).
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.db import transaction
from django.utils import timezone

from alerts.letters import email_of, new_message_id
from alerts.models import MOST_REFUSALS, Letter, Mention, Subscription
from alerts.news import news
from core.leases import Held, Lost, lease
from core.versions import current_version
from search.engines.database import DatabaseEngine

logger = logging.getLogger(__name__)
JOB = "alerts"
# These are about one letter; any other failure is about the mail server.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, SMTPSenderRefused)


@dataclass
class Done:
    """What a run has done: letters written and sent, and how many still wait."""

    written: int = 0
    sent: int = 0
    waiting: int = 0


def run() -> Done | None:
    """One run; None where another one is at it."""
    with lease(JOB) as held:
        try:
            return _work(held) if held else None
        except Lost:
            return None


def _work(held: Held) -> Done:
    now, done, engine = timezone.now(), Done(), DatabaseEngine()
    Subscription.objects.expired(now).forget()
    for subscription in Subscription.objects.due(now):
        held.renew()
        done.written += write(subscription, engine, now)
    done.sent = send_all(held)
    done.waiting = Letter.objects.unsent().count()
    return done


def write(subscription: Subscription, engine: DatabaseEngine, now: datetime) -> bool:
    """Save the letter that is due, if there is anything new, and when the next one is. Returns whether there is one."""
    version = current_version()  # first: a change that comes while we look is looked at next time
    keys = news(subscription, engine)
    with transaction.atomic():
        # Whoever moves it first writes the letter.
        claimed = Subscription.objects.filter(pk=subscription.pk, due=subscription.due).update(
            due=subscription.due_after(now), looked_to=version
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


def send_all(held: Held) -> int:
    """Send what is not sent yet, of this run or of one that was killed; returns how many. Ends where the mail server
    is away: the rest waits for the next run."""
    sent = 0
    for letter in Letter.objects.unsent().select_related("subscription"):
        held.renew()
        try:
            sent += send(letter)
        except REFUSED as refusal:
            _note_refusal(letter, refusal)
        except OSError as failure:  # SMTPException is one
            logger.error("The mail server is away, letters wait: %s", failure)
            break
    return sent


def send(letter: Letter) -> bool:
    """Send a letter and note it. Returns whether there was anything to send. Raises OSError."""
    this = Letter.objects.filter(pk=letter.pk, sent=None)
    # Before the attempt: a letter over which the connection breaks must not hold up the others next time.
    if not this.update(tried=timezone.now()):  # its reader has deleted it, or another run has sent it
        return False
    message = email_of(letter)
    if message:
        message.send()
    this.update(sent=timezone.now())
    return bool(message)


def _note_refusal(letter: Letter, refusal: Exception) -> None:
    """The address stays out of the log."""
    letter.refusals += 1
    Letter.objects.filter(pk=letter.pk).update(refusals=letter.refusals)
    is_over = letter.refusals >= MOST_REFUSALS
    if is_over:  # what it told goes into the next one
        letter.mentions.leave_out(but=[])
    end = "given up" if is_over else "tried again"
    logger.warning("Letter %s was refused (%s) and is %s", letter.pk, type(refusal).__name__, end)
