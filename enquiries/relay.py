"""Passes a reader's message on: the request keeps a copy, the worker writes to people whose addresses no reader sees."""

from datetime import timedelta

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
from enquiries.keepers import contacts_of, country_of, country_of_deleted
from enquiries.models import Kind, Message
from indexing.permanent import permanent_path
from indexing.resolution import original_page

DAY = timedelta(days=1)
# Readers behind one IP address, as in a university, are counted together. What is above is accepted and waits.
CLIENT = Throttle("messages.client", limit=10, window=timedelta(hours=1))
CLIENT_AND_PAGE = Throttle("messages.client_and_practice", limit=3, window=timedelta(hours=1))
# What is above these is refused, so that one client fills neither the queue nor a page's share.
CLIENT_A_DAY = Throttle("messages.client_a_day", limit=60, window=DAY)
CLIENT_AND_PAGE_A_DAY = Throttle("messages.client_and_practice_a_day", limit=12, window=DAY)
# What is above is accepted and waits for the next day, so that nobody can silence a page by filling its mailbox.
DELIVERED_PER_PAGE = 20
DELIVERY_WINDOW = DAY
# Of one page, in turns up to that of a new message: five days' share. What is above is refused; a client's first message
# meets only the first ones of others, so that few clients who send many refuse nobody else.
MOST_WAITING = 5 * DELIVERED_PER_PAGE
KEPT_FOR = timedelta(days=365)


SUBJECTS = {
    Kind.CONTACT: gettext_lazy("A question from a reader"),
    Kind.REPORT: gettext_lazy("Report of an error"),
    Kind.ADOPTION: gettext_lazy("Your practice has been adopted elsewhere"),
}


class TooMany(Exception):
    """So many messages came from one client that this one was not taken."""


class QueueFull(TooMany):
    """So many messages about this page wait already."""


def take(message: Message, client_ip: str) -> bool:
    """Save `message`, which came from this client. Returns whether it will be passed on at once. Raises TooMany."""
    client = client_key(client_ip)
    client_and_page = f"{client} {message.record_key or message.section_key}"
    message.turn = CLIENT_AND_PAGE_A_DAY.count(client_and_page) + 1
    waiting = Message.objects.undelivered().about_the_same(message).filter(turn__lte=message.turn)
    if waiting.count() >= MOST_WAITING:
        raise QueueFull
    if not (CLIENT_AND_PAGE_A_DAY.hit(client_and_page) and CLIENT_A_DAY.hit(client)):
        raise TooMany
    message.not_before = max(CLIENT_AND_PAGE.reserve(client_and_page), CLIENT.reserve(client))
    message.save()
    now = timezone.now()
    before = waiting.due(now).exclude(pk=message.pk).count()
    return message.not_before <= now and _delivered_lately(message) + before < DELIVERED_PER_PAGE


def _delivered_lately(message: Message) -> int:
    return Message.objects.about_the_same(message).delivered_since(timezone.now() - DELIVERY_WINDOW).count()


def deliver(message: Message) -> bool:
    """Pass a message on to those who answer for the page that it is about, or, where that was deleted, to those who kept it
    last. Returns whether it has gone into the outbox."""
    return pass_on(message, page_of(message))


def page_of(message: Message) -> Page | None:
    """Return the original of the record, or the section in the message's language if it can be; None where it was deleted."""
    if message.record_key:
        return original_page(message.record_key)
    pages = Page.objects.filter(translation_key=message.section_key).select_related("locale").order_by("pk")
    page = pages.filter(locale__language_code=message.language).first() or pages.first()
    return page.specific if page else None


@transaction.atomic
def pass_on(message: Message, page: Page | None) -> bool:
    """Put `message` about `page`, None where it was deleted, into the outbox and note it, both or neither. Returns whether
    this call did.

    Where the page has had its messages of a day, the message waits for another run of the job.
    """
    if _delivered_lately(message) >= DELIVERED_PER_PAGE:
        return False
    recipients = recipients_of(message, page)
    now = timezone.now()
    # First: it holds the row, so that of two workers one sends.
    if not Message.objects.undelivered().filter(pk=message.pk).update(delivered=now, delivered_to=recipients):
        return False
    message.delivered, message.delivered_to = now, recipients
    _email(message, page, recipients).send()
    return True


def recipients_of(message: Message, page: Page | None) -> list[str]:
    """A question reaches the contacts of the record, a report the focal points of the country that keeps it, as does
    everything about a record that was deleted, and everything for a section; where there is nobody, the secretariat."""
    if page and message.kind == Kind.CONTACT and not message.section_key:
        found = contacts_of(page)
    elif page:
        found = _focal_points(country_of(page))
    else:
        found = _focal_points(country_of_deleted(message.record_key)) if message.record_key else set()
    return sorted(found) or [settings.SECRETARIAT_EMAIL]


def _focal_points(country: str) -> set[str]:
    if not country:
        return set()
    users = Role.objects.users(focal_points_code(country))
    return set(users.exclude(email="").values_list("email", flat=True))


def language_of_letter(page: Page) -> str:
    """Return the language of the letters about this record: that of its original."""
    code: str = (original_page(page.translation_key) or page).locale.language_code
    return code


def _email(message: Message, page: Page | None, recipients: list[str]) -> EmailMessage:
    """In the language in which the record is written; of one that was deleted in its reader's. Recipients do not learn
    each other's addresses."""
    title = page.title if page else message.title
    path = page.get_url() if page else message.record_key and permanent_path(message.record_key)
    with override(page.locale.language_code if page else message.language):
        subject = SUBJECTS[Kind(message.kind)]
        context = {
            "message": message,
            "title": title,
            "url": absolute(path or ""),
            "is_deleted": page is None,
        }
        body = render_to_string("emails/message.txt", context)
        reply_to = [named_address(message.sender_name, message.sender_email)] if message.sender_email else []
        head = " ".join(f"{subject}: {title}".split())
        return EmailMessage(head, body, bcc=recipients, reply_to=reply_to)
