"""E-mails to translators of a practice when a new version of its original is published."""

import logging
from functools import partial

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile

from accounts.fact_changes import written
from accounts.models import User
from core.alternates import absolute
from practices.models import PracticePage
from practices.querysets import OUTDATED
from practices.translations import label, record_outdated_fields

logger = logging.getLogger(__name__)


def notify_translators(original: PracticePage) -> None:
    """Record the outdated fields of each translation after publication, and notify its translators of new ones."""
    for page in type(original).objects.of_record(original.translation_key).exclude(pk=original.pk):
        if record_outdated_fields(page, original) and page.source_fingerprints.get(OUTDATED):
            for user in translators(page):
                transaction.on_commit(partial(_send, user, page, original))


def translators(page: PracticePage) -> list[User]:
    """Return the users who have worked on the translation and may still edit it."""
    users = (
        get_user_model()
        .objects.filter(is_active=True, pk__in=written(page.revisions).values("user"))
        .exclude(email="")
    )
    return [user for user in users.order_by("pk") if page.permissions_for_user(user).can_edit()]


def _send(user: User, page: PracticePage, original: PracticePage) -> None:
    """Send the e-mail in the user's admin language. If it fails, their home page still lists the translation."""
    with override(UserProfile.get_for_user(user).get_preferred_language()):
        context = {
            "title": original.title,
            "parts": [label(page, name) for name in page.source_fingerprints[OUTDATED]],
            "url": absolute(reverse("wagtailadmin_pages:edit", args=(page.pk,))),
        }
        head = gettext("The original has changed: %(title)s") % context
        body = render_to_string("emails/original_changed.txt", context)
        try:
            EmailMessage(" ".join(head.split()), body, to=[user.email]).send()
        except OSError:  # SMTPException is one
            logger.exception("A translator was not told of page %s", original.pk)
