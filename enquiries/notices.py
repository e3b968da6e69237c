"""E-mails about readers' messages to the people who have them, in their own language and time zone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from wagtail.users.models import UserProfile

from accounts.models import User
from core.alternates import absolute
from core.language_codes import DEFAULT_LANGUAGE
from enquiries.models import LATE_AFTER, Message

REMIND_EVERY = timedelta(days=7)
LISTED = 20


def desk_url(message: Message) -> str:
    """Return the absolute URL of the message in the admin."""
    return absolute(reverse("messages:inspect", args=[message.pk]))


def notify_assigned(message: Message, person: User) -> None:
    if person.email and person.is_active:
        with _as_read_by(person):
            subject = gettext("A reader's message for you: %(title)s") % {"title": message.title}
            context = {"title": message.title, "url": desk_url(message)}
            body = render_to_string("emails/message_assigned.txt", context)
            EmailMessage(" ".join(subject.split()), body, to=[person.email]).send()


def remind(person: User | None, messages: Sequence[Message]) -> None:
    """Remind a person, or the secretariat's mailbox for None, of late messages, the longest waiting first."""
    with _as_read_by(person):
        number = len(messages)
        subject = ngettext(
            "%(number)d message of a reader is late", "%(number)d messages of readers are late", number
        )
        context = {
            "rows": [{"message": message, "url": desk_url(message)} for message in messages[:LISTED]],
            "number": number,
            "more": max(number - LISTED, 0),
            "days": LATE_AFTER.days,
            "period": REMIND_EVERY.days,
            "zone": timezone.get_current_timezone_name(),
            "list_url": absolute(reverse("messages:index") + "?late=1"),
        }
        body = render_to_string("emails/messages_late.txt", context)
        recipient = person.email if person else settings.SECRETARIAT_EMAIL
        EmailMessage(subject % {"number": number}, body, to=[recipient]).send()


@contextmanager
def _as_read_by(person: User | None) -> Iterator[None]:
    """Activate the language and time zone of the recipient; a mailbox has the portal's."""
    profile = UserProfile.get_for_user(person) if person else None
    language = profile.get_preferred_language() if profile else DEFAULT_LANGUAGE
    zone = profile.get_current_time_zone() if profile else settings.TIME_ZONE
    with override(language), timezone.override(zone):
        yield
