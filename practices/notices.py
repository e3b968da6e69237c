"""Those who translated a practice hear when a new version of its original goes live."""

import logging
from functools import partial

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile

from accounts.models import User
from core.alternates import absolute
from practices.models import PracticePage
from practices.querysets import OUTDATED
from practices.translations import label, record_outdated_fields

logger = logging.getLogger(__name__)


def tell_translators(original: PracticePage) -> None:
    """After its publication: note what each translation is behind in, and tell of what is new since the last time."""
    for page in type(original).objects.of_record(original.translation_key).exclude(pk=original.pk):
        if record_outdated_fields(page, original) and page.source_fingerprints.get(OUTDATED):
            for user in translators(page):
                transaction.on_commit(partial(_send, user, page, original))


def translators(page: PracticePage) -> list[User]:
    """Who has worked on the translation and may still change it."""
    users = (
        get_user_model()
        .objects.filter(is_active=True, pk__in=page.revisions.values("user"))
        .exclude(email="")
    )
    return [user for user in users.order_by("pk") if page.permissions_for_user(user).can_edit()]


def _send(user: User, page: PracticePage, original: PracticePage) -> None:
    """In the language of their admin. What cannot be sent stands on their home page all the same."""
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
