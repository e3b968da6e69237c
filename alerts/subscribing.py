"""A reader asks for an alert: an e-mail with a link goes to the mailbox, whose owner confirms."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alerts.emails import confirmation
from alerts.models import Subscription
from core.mailbox import mailbox_key
from core.throttle import Throttle, client_key

CLIENT = Throttle("alerts.client", limit=10, window=timedelta(hours=1))
# E-mails with a link to one mailbox, however it is spelled and whatever for; its owner starts anew by following one.
MAILBOX = Throttle("alerts.mailbox", limit=3, window=timedelta(days=1))
# Who asks for the same thing again has the e-mail already.
PAUSE = timedelta(hours=1)


class TooMany(Exception):
    """One client has asked for so many e-mails that this one was not sent."""


class MailboxFull(Exception):
    """The mailbox has got several e-mails lately. The reader is not told: it would tell who is known here."""


def request_confirmation(wanted: Subscription, client_ip: str) -> None:
    """Send the e-mail with the link for an alert that this client wants; of one that exists only the link is sent again.

    Raises TooMany and MailboxFull; then nothing of it is kept.
    """
    if not CLIENT.hit(client_key(client_ip)):
        raise TooMany
    now = timezone.now()
    alert = {"email": wanted.email, "query": wanted.query, "language": wanted.language}
    if Subscription.objects.filter(**alert, asked__gt=now - PAUSE).exists():
        return
    if not MAILBOX.hit(mailbox_key(wanted.email)):
        raise MailboxFull
    with transaction.atomic():
        kept, _ = Subscription.objects.update_or_create(
            **alert,
            defaults={"asked": now},
            create_defaults={"asked": now, "frequency": wanted.frequency},
        )
        confirmation(kept).send()


def confirm(subscription: Subscription) -> None:
    """Confirm an alert whose link was followed; the e-mails to its mailbox were wanted."""
    subscription.confirm(timezone.now())
    MAILBOX.reset(mailbox_key(subscription.email))
