"""Passes a reader's message on: a copy is kept first, then an e-mail goes to people whose addresses no reader sees."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy, override

from accounts.roles import focal_points
from core.alternates import absolute
from practices.models.message import Kind, Message
from practices.sections import country_of

if TYPE_CHECKING:
    from practices.models import PracticePage

logger = logging.getLogger(__name__)

MOST_PER_ADDRESS = 3
ADDRESS_WINDOW = timedelta(hours=1)
MOST_PER_PRACTICE = 20
PRACTICE_WINDOW = timedelta(days=1)
KEPT_FOR = timedelta(days=365)


SUBJECTS = {
    Kind.CONTACT: gettext_lazy("A question on your practice"),
    Kind.REPORT: gettext_lazy("Report of an error"),
    Kind.ADOPTION: gettext_lazy("Your practice has been adopted elsewhere"),
}


class TooMany(Exception):
    """So many messages came from one address, or to one practice, that this one was not taken."""


def take(message: Message, address: str) -> Message:
    """Keep a copy of `message`, which came from this network address.

    Raises TooMany. The copy is saved before it is counted: of two that come at once in two processes each sees the
    other, so that more than are allowed never pass.
    """
    message.address_hash = salted_hmac("practices.relay", address).hexdigest()
    message.save()
    now = message.created
    from_here = Message.objects.from_address(message.address_hash).since(now - ADDRESS_WINDOW).count()
    to_there = Message.objects.about(message.practice_key).since(now - PRACTICE_WINDOW).count()
    if from_here > MOST_PER_ADDRESS or to_there > MOST_PER_PRACTICE:
        message.delete()
        raise TooMany
    return message


def pass_on(message: Message, page: "PracticePage") -> bool:
    """Send `message` about `page` and note it.

    Returns whether the mail server took it; if not, `deliver_messages` tries again.
    """
    recipients = recipients_of(message, page)
    try:
        _email(message, page, recipients).send()
    except OSError:  # SMTPException is one
        logger.exception("Message %s was not passed on", message.pk)
        return False
    message.delivered, message.delivered_to = timezone.now(), recipients
    message.save(update_fields=["delivered", "delivered_to"])
    return True


def recipients_of(message: Message, page: "PracticePage") -> list[str]:
    """A question reaches the contacts of the practice, a report the focal points of its section's country; where there
    is nobody, the secretariat."""
    found = _contacts(page) if message.kind == Kind.CONTACT else _focal_points(page)
    return sorted(found) or [settings.SECRETARIAT_EMAIL]


def _contacts(page: "PracticePage") -> set[str]:
    return {block.value["email"] for block in page.contacts if block.value["email"]}


def _focal_points(page: "PracticePage") -> set[str]:
    country = country_of(page.get_parent())
    if country is None:
        return set()
    users = get_user_model().objects.filter(is_active=True, groups__name=focal_points(country.name_en))
    return set(users.exclude(email="").values_list("email", flat=True))


def _email(message: Message, page: "PracticePage", recipients: list[str]) -> EmailMessage:
    """In the language in which the practice is written. Recipients do not learn each other's addresses."""
    with override(page.locale.language_code):
        subject = SUBJECTS[Kind(message.kind)]
        body = render_to_string(
            "emails/message.txt", {"message": message, "page": page, "url": absolute(page.get_url())}
        )
        sender = (message.sender_name, message.sender_email)
        reply_to = [sanitize_address(sender, "utf-8")] if message.sender_email else []
        head = " ".join(f"{subject}: {page.title}".split())
        return EmailMessage(head, body, bcc=recipients, reply_to=reply_to)
