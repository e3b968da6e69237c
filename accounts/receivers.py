"""The e-mails about publications, and the language of a person's e-mails and admin."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import page_published, workflow_approved
from wagtail.users.models import UserProfile

from accounts.publication_mail import tell_who_asked_for_review
from core.users import AnyUser


@receiver(user_logged_in)
def keep_language(user: AnyUser, request: HttpRequest | None = None, **kwargs: object) -> None:
    """Until they choose another one, that in which they signed in, as the browser asks for it."""
    if not request or "HTTP_ACCEPT_LANGUAGE" not in request.META:
        return
    language = get_language()
    profile = UserProfile.get_for_user(user)
    if not profile.preferred_language and language in dict(settings.LANGUAGES):
        profile.preferred_language = language
        profile.save(update_fields=["preferred_language"])


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
def say_nothing_at_approval(**kwargs: object) -> None:
    """In the place of Wagtail's receiver of that name, which connects later (INSTALLED_APPS) and so not at all."""


@receiver(page_published)
def page_went_live(instance: Page, revision: Revision, **kwargs: object) -> None:
    tell_who_asked_for_review(instance, revision)
