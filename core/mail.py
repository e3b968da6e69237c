"""E-mail backends: Django's API writes to the outbox, and the worker sends with the backend that EMAIL_URL configures."""

from collections.abc import Sequence
from email import charset
from email.message import Message
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.db import transaction

from core.i18n import active_language
from core.mailbox import named_address, plain_ascii
from core.outbox import Mail
from core.site import portal_name, site_host

# Bodies in ASCII: a relay that does not offer 8BITMIME encodes anew what has other bytes, and breaks its DKIM signature.
QUOTED_PRINTABLE = charset.Charset("utf-8")
QUOTED_PRINTABLE.body_encoding = charset.QP


class OutboxBackend(BaseEmailBackend):
    """Store each message in the outbox, in the current transaction, so that it is rolled back or sent with the change.

    A row for each recipient, so that one whose server refuses it holds up no other; all with one Message-ID.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            return sum(self._keep(message) for message in email_messages)

    def _keep(self, message: EmailMessage) -> bool:
        _write_in_ascii(message)
        recipients = dict.fromkeys(parseaddr(address)[1] or address for address in message.recipients())
        if not recipients:
            return False
        _add_header(message, "Message-ID", make_msgid(domain=site_host()))
        _add_header(message, "Auto-Submitted", "auto-generated")  # RFC 3834: no holiday replies
        message.encoding = QUOTED_PRINTABLE
        mime = message.message()
        sender = parseaddr(sanitize_address(message.from_email, settings.DEFAULT_CHARSET))[1]
        Mail.objects.bulk_create(
            Mail(
                message_id=str(mime["Message-ID"]),
                sender=sender,
                recipient=recipient,
                content=_copy_for(recipient, message, mime),
            )
            for recipient in recipients
        )
        return True


def _write_in_ascii(message: EmailMessage) -> None:
    """Name the sender, and write the domains of all addresses in ASCII: Django would send to another domain (IDNA 2003)."""
    message.from_email = plain_ascii(sender_with_name(message.from_email))
    for addresses in (message.to, message.cc, message.bcc, message.reply_to):
        addresses[:] = map(plain_ascii, addresses)


def _add_header(message: EmailMessage, name: str, value: str) -> None:
    """Set a header that the writer of the message has not set, in any spelling of its name."""
    if name.lower() not in map(str.lower, message.extra_headers):
        message.extra_headers[name] = value


def _copy_for(recipient: str, message: EmailMessage, mime: Message) -> bytes:
    """Return the bytes of the message for this recipient.

    If all recipients are hidden (Bcc), each is named in their own copy: spam filters distrust a letter without To.
    """
    if not (message.to or message.cc):
        del mime["To"]
        mime["To"] = recipient
    return mime.as_bytes()


def sender_with_name(from_email: str) -> str:
    """Return the sender with the portal's name in the active language, which is the recipient's, unless it has a name."""
    name, address = parseaddr(from_email)
    return from_email if name else named_address(portal_name(active_language()), address)


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend, but every failure to connect is a ConnectionError, so it is not blamed on a message."""

    def open(self) -> bool | None:
        """Open the connection. Raises ConnectionError for any failure."""
        try:
            return super().open()
        except OSError as failure:  # names, networks, time, SMTP's own errors
            raise ConnectionError(f"The mail server cannot be reached: {failure}") from failure
