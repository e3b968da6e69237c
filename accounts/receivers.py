"""The language of a person's e-mails and admin: until they choose another one, that in which they signed in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.translation import get_language
from wagtail.users.models import UserProfile


@receiver(user_logged_in)
def keep_language(user: Any, request: Any = None, **kwargs: Any) -> None:
    """Takes what the browser asks for; who signs in without one has told nothing."""
    if not request or "HTTP_ACCEPT_LANGUAGE" not in request.META:
        return
    language = get_language()
    profile = UserProfile.get_for_user(user)
    if not profile.preferred_language and language in dict(settings.LANGUAGES):
        profile.preferred_language = language
        profile.save(update_fields=["preferred_language"])
