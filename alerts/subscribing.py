"""Subscribe to an alert with double opt-in: the owner of the mailbox confirms by a link in an e-mail."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from alerts.emails import confirmation
from alerts.models import Subscription
from core.mailbox import mailbox_key
from core.throttle import Throttle, client_key

CLIENT = Throttle("alerts.client", limit=10, window=timedelta(hours=1))
# Confirmation e-mails to one mailbox, however it is spelled, for all alerts; following a link resets the count.
MAILBOX = Throttle("alerts.mailbox", limit=3, window=timedelta(days=1))
# No second e-mail for the same alert within this time.
PAUSE = timedelta(hours=1)


class TooMany(Exception):
    """Raised when a client has requested too many e-mails."""


class MailboxFull(Exception):
    """Raised when a mailbox has received several e-mails lately. Do not tell the reader: it would reveal subscribers."""


def request_confirmation(requested: Subscription, client_ip: str) -> None:
    """Create the requested alert and send its confirmation link; for an existing alert only send the link again.

    Raises TooMany and MailboxFull; then nothing is stored.
    """
    if not CLIENT.hit(client_key(client_ip)):
        raise TooMany
    now = timezone.now()
    alert = {"email": requested.email, "query": requested.query, "language": requested.language}
    if Subscription.objects.filter(**alert, asked__gt=now - PAUSE).exists():
        return
    if not MAILBOX.hit(mailbox_key(requested.email)):
        raise MailboxFull
    with transaction.atomic():
        subscription, _ = Subscription.objects.update_or_create(
            **alert,
            defaults={"asked": now},
            create_defaults={"asked": now, "frequency": requested.frequency},
        )
        with override(subscription.language):
            confirmation(subscription).send()


def confirm(subscription: Subscription) -> bool:
    """Confirm an alert whose link was followed, and reset the e-mail count of its mailbox; return False if it was confirmed."""
    is_new = subscription.confirm(timezone.now())
    MAILBOX.reset(mailbox_key(subscription.email))
    return is_new
