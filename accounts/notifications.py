"""Wagtail's notifications, sent in the language of each recipient as well as written in it.

Wagtail renders each e-mail in its recipient's language but sends it in that of whoever acts. The outbox names the sender in the
language that is active while a letter is sent.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override
from wagtail.admin.mail import EmailNotificationMixin, send_notification
from wagtail.admin.views.pages import edit
from wagtail.users.models import UserProfile

from core.users import AnyUser

_send_emails = EmailNotificationMixin.send_emails


def _language_of(user: AnyUser) -> override:
    return override(UserProfile.get_for_user(user).get_preferred_language())


def send_emails(
    notifier: EmailNotificationMixin,
    template_set: dict[str, str],
    context: dict[str, Any],
    recipients: Iterable[AnyUser],
    **kwargs: object,
) -> bool:
    """Send the e-mails of a notifier; return whether all were sent. Replaces the method of EmailNotificationMixin."""
    results = []
    for recipient in recipients:
        with _language_of(recipient):
            results.append(_send_emails(notifier, template_set, context, {recipient}, **kwargs))
    return all(results)


def send_comment_emails(recipients: Iterable[AnyUser], notification: str, context: dict[str, Any]) -> bool:
    """Send the e-mails about comments on a page; return whether all were sent. Replaces Wagtail's send_notification."""
    results = []
    for recipient in recipients:
        with _language_of(recipient):
            results.append(send_notification([recipient], notification, context))
    return all(results)


def send_in_recipients_language() -> None:
    """Replace Wagtail's two functions that send notifications."""
    EmailNotificationMixin.send_emails = send_emails
    edit.send_notification = send_comment_emails
