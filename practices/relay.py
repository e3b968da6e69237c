"""Passes a reader's message on: the request keeps a copy, the worker writes to people whose addresses no reader sees."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy, override
from wagtail.models import Page

from accounts.models import Role
from accounts.roles import focal_points_code
from core.alternates import absolute
from core.mailbox import named_address
from core.throttle import Throttle, client_key
from indexing.permanent import permanent_path
from practices.keepers import last_section
from practices.models import PracticePage
from practices.models.message import Kind, Message
from practices.sections import country_of

DAY = timedelta(days=1)
# Readers behind one IP address, as in a university, are counted together. What is above is accepted and waits.
CLIENT = Throttle("messages.client", limit=10, window=timedelta(hours=1))
CLIENT_AND_PRACTICE = Throttle("messages.client_and_practice", limit=3, window=timedelta(hours=1))
# What is above these is refused, so that one client fills neither the queue nor a practice's share.
CLIENT_A_DAY = Throttle("messages.client_a_day", limit=60, window=DAY)
CLIENT_AND_PRACTICE_A_DAY = Throttle("messages.client_and_practice_a_day", limit=12, window=DAY)
# What is above is accepted and waits for the next day, so that nobody can silence a practice by filling its mailbox.
DELIVERED_PER_PRACTICE = 20
DELIVERY_WINDOW = DAY
# Of one practice, in turns up to that of a new message: five days' share. What is above is refused; a client's first message
# meets only the first ones of others, so that few clients who send many refuse nobody else.
MOST_WAITING = 5 * DELIVERED_PER_PRACTICE
KEPT_FOR = timedelta(days=365)


SUBJECTS = {
    Kind.CONTACT: gettext_lazy("A question on your practice"),
    Kind.REPORT: gettext_lazy("Report of an error"),
    Kind.ADOPTION: gettext_lazy("Your practice has been adopted elsewhere"),
}


class TooMany(Exception):
    """So many messages came from one client that this one was not taken."""


class QueueFull(TooMany):
    """So many messages about this practice wait already."""


def take(message: Message, client_ip: str) -> bool:
    """Save `message`, which came from this client. Returns whether it will be passed on at once. Raises TooMany."""
    client = client_key(client_ip)
    client_and_practice = f"{client} {message.practice_key}"
    message.turn = CLIENT_AND_PRACTICE_A_DAY.count(client_and_practice) + 1
    waiting = Message.objects.undelivered().about(message.practice_key).filter(turn__lte=message.turn)
    if waiting.count() >= MOST_WAITING:
        raise QueueFull
    if not (CLIENT_AND_PRACTICE_A_DAY.hit(client_and_practice) and CLIENT_A_DAY.hit(client)):
        raise TooMany
    message.not_before = max(CLIENT_AND_PRACTICE.reserve(client_and_practice), CLIENT.reserve(client))
    message.save()
    now = timezone.now()
    before = waiting.due(now).exclude(pk=message.pk).count()
    return (
        message.not_before <= now
        and _delivered_lately(message.practice_key) + before < DELIVERED_PER_PRACTICE
    )


def _delivered_lately(practice_key: UUID) -> int:
    return Message.objects.about(practice_key).delivered_since(timezone.now() - DELIVERY_WINDOW).count()


@transaction.atomic
def pass_on(message: Message, page: "PracticePage | None") -> bool:
    """Put `message` about `page`, None where it was deleted, into the outbox and note it, both or neither. Returns whether
    this call did.

    Where the practice has had its messages of a day, the message waits for another run of the job.
    """
    if _delivered_lately(message.practice_key) >= DELIVERED_PER_PRACTICE:
        return False
    recipients = recipients_of(message, page)
    now = timezone.now()
    # First: it holds the row, so that of two workers one sends.
    if not Message.objects.undelivered().filter(pk=message.pk).update(delivered=now, delivered_to=recipients):
        return False
    message.delivered, message.delivered_to = now, recipients
    _email(message, page, recipients).send()
    return True


def recipients_of(message: Message, page: "PracticePage | None") -> list[str]:
    """A query reaches the contacts of the practice, a report the focal points of its section's country, as does
    everything about a practice that was deleted; where there is nobody, the secretariat."""
    if page and message.kind == Kind.CONTACT:
        found = _contacts(page)
    else:
        found = _focal_points(page.get_parent() if page else last_section(message.practice_key))
    return sorted(found) or [settings.SECRETARIAT_EMAIL]


def _contacts(page: PracticePage) -> set[str]:
    return {block.value["email"] for block in page.contacts if block.value["email"]}


def _focal_points(section: Page | None) -> set[str]:
    country = country_of(section)
    if country is None:
        return set()
    users = Role.objects.users(focal_points_code(country.code))
    return set(users.exclude(email="").values_list("email", flat=True))


def language_of_letter(page: PracticePage) -> str:
    """Return the language of the letters about this practice: that of its original."""
    original = type(page).objects.of_record(page.translation_key).originals().select_related("locale").first()
    code: str = (original or page).locale.language_code
    return code


def _email(message: Message, page: "PracticePage | None", recipients: list[str]) -> EmailMessage:
    """In the language in which the practice is written; of one that was deleted in its reader's. Recipients do not learn
    each other's addresses."""
    title = page.title if page else message.practice_title
    path = page.get_url() if page else permanent_path(message.practice_key)
    with override(page.locale.language_code if page else message.language):
        subject = SUBJECTS[Kind(message.kind)]
        context = {"message": message, "title": title, "url": absolute(path), "is_deleted": page is None}
        body = render_to_string("emails/message.txt", context)
        reply_to = [named_address(message.sender_name, message.sender_email)] if message.sender_email else []
        head = " ".join(f"{subject}: {title}".split())
        return EmailMessage(head, body, bcc=recipients, reply_to=reply_to)
