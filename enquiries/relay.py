"""Deliver readers' messages: the request saves a copy, the worker sends it to people whose addresses stay private."""

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
from enquiries.desk import continue_earlier, messages_for
from enquiries.keepers import contacts_of, country_of, country_of_deleted
from enquiries.models import Message, MessageKind
from enquiries.notices import desk_url, notify_assigned
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
# How many messages about one page may wait whose turn is not after that of a new message: five days of deliveries. What is
# above is refused. A client's first message is counted against the first messages of other clients only, so a few clients
# who send many block nobody else.
MAX_WAITING = 5 * DELIVERED_PER_PAGE
RETENTION = timedelta(days=365)


SUBJECTS = {
    MessageKind.CONTACT: gettext_lazy("A question from a reader"),
    MessageKind.REPORT: gettext_lazy("Report of an error"),
    MessageKind.ADOPTION: gettext_lazy("Your practice has been adopted elsewhere"),
}
# The URLs of the forms; those of the pages that confirm end with `-sent`.
FORM_URLS = {
    MessageKind.CONTACT: "enquiries:contact",
    MessageKind.REPORT: "enquiries:report",
    MessageKind.ADOPTION: "enquiries:adopted",
}


class TooMany(Exception):
    """Raised if one client has sent too many messages; the message is not accepted."""


class QueueFull(TooMany):
    """Raised if too many messages about this page are waiting."""


def accept_message(message: Message, client_ip: str) -> bool:
    """Save `message` from this client. Return whether it will be delivered at once. Raises TooMany."""
    client = client_key(client_ip)
    client_and_page = f"{client} {message.record_key or message.section_key}"
    message.turn = CLIENT_AND_PAGE_A_DAY.count(client_and_page) + 1
    waiting = Message.objects.undelivered().on_same_page(message).filter(turn__lte=message.turn)
    if waiting.count() >= MAX_WAITING:
        raise QueueFull
    if not (CLIENT_AND_PAGE_A_DAY.hit(client_and_page) and CLIENT_A_DAY.hit(client)):
        raise TooMany
    message.not_before = max(CLIENT_AND_PAGE.reserve(client_and_page), CLIENT.reserve(client))
    with transaction.atomic():  # no worker passes it on in between
        message.save()
        continue_earlier(message)
    now = timezone.now()
    ahead = waiting.due(now).exclude(pk=message.pk).count()
    return message.not_before <= now and _delivered_lately(message) + ahead < DELIVERED_PER_PAGE


def _delivered_lately(message: Message) -> int:
    return Message.objects.on_same_page(message).delivered_since(timezone.now() - DELIVERY_WINDOW).count()


def deliver(message: Message) -> bool:
    """Deliver a message to those responsible for its page or, if that was deleted, for the former page.

    Return whether the message was put into the outbox.
    """
    return deliver_about(message, page_of(message))


def page_of(message: Message) -> Page | None:
    """Return the original of the record, or the section, preferably in the message's language; None if it was deleted."""
    if message.record_key:
        return original_page(message.record_key)
    pages = Page.objects.filter(translation_key=message.section_key).select_related("locale").order_by("pk")
    page = pages.filter(locale__language_code=message.language).first() or pages.first()
    return page.specific if page else None


@transaction.atomic
def deliver_about(message: Message, page: Page | None) -> bool:
    """Put `message` about `page` (None if deleted) into the outbox and mark it as delivered, in one transaction.

    Return False if another worker did so, or if the page has had its messages of a day; then the message waits.
    """
    if _delivered_lately(message) >= DELIVERED_PER_PAGE:
        return False
    recipients = recipients_of(message, page)
    now = timezone.now()
    # The update comes first, because it locks the row: only one of two workers sends.
    country = country_of_recipients(message, page) or message.country
    values = {"delivered": now, "delivered_to": recipients, "country": country}
    if not Message.objects.undelivered().filter(pk=message.pk).update(**values):
        return False
    message.delivered, message.delivered_to, message.country = now, recipients, country
    with override(_language(message, page)):
        _email(message, page, recipients).send()
    if message.assigned_to and messages_for(message.assigned_to).filter(pk=message.pk).exists():
        notify_assigned(message, message.assigned_to)
    return True


def recipients_of(message: Message, page: Page | None) -> list[str]:
    """Return the e-mail addresses of the recipients.

    A question goes to the contacts of the record. A report, and any message about a deleted record or to a section, goes to
    the focal points of its country. Without recipients it goes to the secretariat.
    """
    if page and _is_for_contacts(message):
        return sorted(contacts_of(page)) or [settings.SECRETARIAT_EMAIL]
    return sorted(_focal_points(_country(message, page))) or [settings.SECRETARIAT_EMAIL]


def country_of_recipients(message: Message, page: Page | None) -> str:
    """Return the code of the country whose focal points are the recipients, "" if others are."""
    country = "" if page and _is_for_contacts(message) else _country(message, page)
    return country if _focal_points(country) else ""


def _may_open_desk(message: Message, page: Page | None, recipients: list[str]) -> bool:
    return recipients == [settings.SECRETARIAT_EMAIL] or bool(country_of_recipients(message, page))


def _is_for_contacts(message: Message) -> bool:
    return message.kind == MessageKind.CONTACT and not message.section_key


def _country(message: Message, page: Page | None) -> str:
    if page:
        return country_of(page)
    return country_of_deleted(message.record_key) if message.record_key else ""


def _focal_points(country: str) -> set[str]:
    if not country:
        return set()
    users = Role.objects.users(focal_points_code(country))
    return set(users.exclude(email="").values_list("email", flat=True))


def language_of_letter(page: Page) -> str:
    """Return the language of the letters about this record: that of its original."""
    code: str = (original_page(page.translation_key) or page).locale.language_code
    return code


def _language(message: Message, page: Page | None) -> str:
    """Return the language of the letter: that in which the record is written; of one that was deleted its reader's."""
    code: str = page.locale.language_code if page else message.language
    return code


def _email(message: Message, page: Page | None, recipients: list[str]) -> EmailMessage:
    """Return the e-mail in the active language.

    Recipients do not learn each other's addresses: the outbox makes each a copy of their own, with them alone in To.
    """
    title = page.title if page else message.title
    path = page.get_url() if page else message.record_key and permanent_path(message.record_key)
    subject = SUBJECTS[MessageKind(message.kind)]
    context = {
        "message": message,
        "title": title,
        "url": absolute(path or ""),
        "is_deleted": page is None,
        # Contacts need no account.
        "desk_url": desk_url(message) if _may_open_desk(message, page, recipients) else "",
    }
    body = render_to_string("emails/message.txt", context)
    reply_to = [named_address(message.sender_name, message.sender_email)] if message.sender_email else []
    head = " ".join(f"{subject}: {title}".split())
    return EmailMessage(head, body, bcc=recipients, reply_to=reply_to)
