"""A reader asks for an alert: a letter with a link goes to the mailbox, whose owner confirms."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from alerts.letters import confirmation
from alerts.models import Subscription

MOST_PER_ADDRESS = 10
ADDRESS_WINDOW = timedelta(hours=1)
# Letters to one mailbox whose link nobody has followed, so that nobody fills another person's.
MOST_UNANSWERED = 3
MAILBOX_WINDOW = timedelta(days=1)
# Who asks for the same thing again has the letter already.
PAUSE = timedelta(hours=1)


class TooMany(Exception):
    """So many letters were asked for from one network address that this one was not sent."""


class MailboxFull(Exception):
    """The mailbox has got several letters lately. The reader is not told: it would tell who is known here."""


def ask(wanted: Subscription, address: str) -> None:
    """Send the letter with the link, for an alert that is wanted from this network address; of one that exists only the
    link is sent again.

    Raises TooMany, MailboxFull and OSError, where the mail server did not take it; then nothing of it is kept. It is
    saved before it is counted, so that of two at once each sees the other.
    """
    now, address_hash = timezone.now(), salted_hmac("alerts.asking", address).hexdigest()
    kept, is_new = Subscription.objects.get_or_create(
        email=wanted.email,
        question=wanted.question,
        language=wanted.language,
        defaults={"frequency": wanted.frequency, "asked": now, "address_hash": address_hash},
    )
    if not is_new and kept.asked > now - PAUSE:
        return
    this = Subscription.objects.filter(pk=kept.pk)
    this.update(asked=now, address_hash=address_hash)
    try:
        _refuse_floods(wanted.email, address_hash, now)
        confirmation(kept).send()
    except (TooMany, MailboxFull, OSError):
        if is_new:
            this.forget()
        else:
            this.update(asked=kept.asked, address_hash=kept.address_hash)
        raise


def _refuse_floods(email: str, address_hash: str, now: datetime) -> None:
    subscriptions = Subscription.objects.all()
    if subscriptions.asked_from(address_hash, now - ADDRESS_WINDOW).count() > MOST_PER_ADDRESS:
        raise TooMany
    if subscriptions.of(email).unanswered(now - MAILBOX_WINDOW).count() > MOST_UNANSWERED:
        raise MailboxFull
