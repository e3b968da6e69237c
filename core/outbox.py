"""The outbox: e-mails waiting for the mail server, and their results.

No mail is lost, and none is sent before its transaction has been committed. A worker killed between sending and recording
sends again with the same Message-ID, by which mail programs recognise the duplicate.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.leases import Held, lease

logger = logging.getLogger(__name__)
LEASE = "mail"
# Sent mail is deleted after this time (privacy page), its content at once.
RETENTION = timedelta(days=30)
# A refused message is retried after growing pauses, and given up after this time.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=4)
BATCH_SIZE = 50
SHUTTING_DOWN = 421

# Sent in the transaction in which a message is given up: sender Mail, `message_id`.
mail_given_up = Signal()
# Sent in the transaction in which mail that was given up is tried again: sender Mail, `message_ids`.
mail_retried = Signal()


class MailServerUnavailable(Exception):
    """Raised when the mail server accepts no mail at the moment; all mail waits."""


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(sent=None, given_up=None)

    def due(self, now: datetime) -> "MailQuerySet":
        """Return the mail to be tried now, the longest waiting first."""
        return self.waiting().filter(due__lte=now).order_by("due", "pk")

    def refused(self) -> "MailQuerySet":
        """Return unsent mail that the server has refused at least once."""
        return self.filter(sent=None, attempts__gt=0)

    def finished_before(self, moment: datetime) -> "MailQuerySet":
        """Return mail that was sent or given up before `moment`."""
        return self.filter(models.Q(sent__lt=moment) | models.Q(given_up__lt=moment))


class Mail(models.Model):
    """One message to one recipient."""

    message_id = models.CharField("Message-ID", max_length=255, db_index=True)
    sender = models.CharField(_("sender"), max_length=320)
    recipient = models.CharField(_("recipient"), max_length=500)
    # The MIME message; emptied when it has been sent, since it may contain secret links.
    content = models.BinaryField()
    created = models.DateTimeField(_("written"), default=timezone.now)
    due = models.DateTimeField(_("next attempt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("refusals"), default=0)
    error = models.TextField(_("last error"), blank=True)
    sent = models.DateTimeField(_("sent"), null=True)
    given_up = models.DateTimeField(_("given up"), null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        app_label = "core"
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-created", "-pk"]
        indexes = [
            models.Index(fields=["due"], condition=models.Q(sent=None, given_up=None), name="mail_by_due")
        ]

    def __str__(self) -> str:
        return self.message_id


class _Mime:
    """The MIME interface that Django's e-mail backends use."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        return self.content.replace(b"\n", linesep.encode()) if linesep != "\n" else self.content

    def get_charset(self) -> None:
        return None


class StoredMessage(EmailMessage):
    """A message of the outbox with its stored bytes, for any of Django's backends."""

    def __init__(self, mail: Mail) -> None:
        super().__init__(from_email=mail.sender, to=[mail.recipient])
        self._mime = _Mime(bytes(mail.content))

    def message(self, *, policy: object = None) -> Any:
        return self._mime


@dataclass
class SendResult:
    """Number of messages sent and refused in one run."""

    sent: int = 0
    refused: int = 0


def send_due() -> SendResult | None:
    """Send the mail that is due; return None if another process is sending. Raises MailServerUnavailable; unsent mail waits."""
    if not Mail.objects.due(timezone.now()).exists():
        return SendResult()
    with lease(LEASE) as acquired:
        return _send_all_due(acquired) if acquired else None


def _send_all_due(acquired: Held) -> SendResult:
    result = SendResult()
    connection = get_connection(settings.EMAIL_DELIVERY_BACKEND)
    try:
        for mail in _due():
            acquired.renew()
            if _send(connection, mail):
                result.sent += 1
            else:
                result.refused += 1
    finally:
        with suppress(OSError):
            connection.close()
    return result


def _due() -> Iterator[Mail]:
    """Yield the mail that is due, in batches; refused mail becomes due later, so each is tried once per run."""
    while batch := list(Mail.objects.due(timezone.now())[:BATCH_SIZE]):
        yield from batch


def _send(connection: BaseEmailBackend, mail: Mail) -> bool:
    """Send `mail`; return False if it was refused. Raises MailServerUnavailable."""
    try:
        connection.open()
    except OSError as failure:
        raise MailServerUnavailable(str(failure)) from failure
    this = Mail.objects.filter(pk=mail.pk)
    try:
        connection.send_messages([StoredMessage(mail)])
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:
        if _is_shutting_down(refusal):
            raise MailServerUnavailable(str(refusal)) from refusal
        note_refusal(mail, _reason(refusal))
        return False
    except OSError as failure:
        # The cause may be the server or this message: put it at the end, so that it does not block others.
        this.update(due=timezone.now() + FIRST_PAUSE, error=str(failure)[:1000])
        raise MailServerUnavailable(str(failure)) from failure
    except Exception as failure:
        logger.exception("E-mail %s cannot be sent.", mail.pk)
        note_refusal(mail, f"{type(failure).__name__}: {failure}")
        return False
    this.update(sent=timezone.now(), content=b"", error="")
    return True


@transaction.atomic
def note_refusal(mail: Mail, reason: str) -> None:
    """Schedule another attempt, or give the mail up. The recipient is not logged."""
    now = timezone.now()
    mail.attempts, mail.error = mail.attempts + 1, reason[:1000]
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 20), LONGEST_PAUSE)
    mail.due = now + pause
    if mail.due > mail.created + GIVEN_UP_AFTER:
        mail.given_up = now
        mail_given_up.send(sender=Mail, message_id=mail.message_id)
    mail.save(update_fields=["attempts", "error", "due", "given_up"])
    end = "given up" if mail.given_up else "tried again"
    logger.warning("E-mail %s was refused %d times and is %s.", mail.pk, mail.attempts, end)


@transaction.atomic
def retry_refused() -> None:
    """Let all refused mail be tried again at once, that which was given up too."""
    now = timezone.now()
    refused = Mail.objects.refused()
    given_up = list(refused.exclude(given_up=None).values_list("message_id", flat=True))
    refused.update(due=now, created=now, given_up=None)
    mail_retried.send(sender=Mail, message_ids=given_up)


def _reason(refusal: SMTPRecipientsRefused | SMTPDataError) -> str:
    if isinstance(refusal, SMTPRecipientsRefused):
        return "; ".join(f"{code} {text!r}" for code, text in refusal.recipients.values())
    return f"{refusal.smtp_code} {refusal.smtp_error!r}"


def _is_shutting_down(refusal: SMTPRecipientsRefused | SMTPDataError) -> bool:
    if isinstance(refusal, SMTPRecipientsRefused):
        return any(code == SHUTTING_DOWN for code, _text in refusal.recipients.values())
    return refusal.smtp_code == SHUTTING_DOWN


def purge(now: datetime) -> int:
    """Delete mail that was sent or given up longer than RETENTION ago; return the number."""
    return Mail.objects.finished_before(now - RETENTION).delete()[0]
