"""The e-mails about publications, and the language of a person's e-mails and admin."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import page_published, workflow_approved
from wagtail.users.models import UserProfile

from accounts.publication_mail import notify_review_requester
from core.users import AnyUser


@receiver(user_logged_in)
def keep_language(user: AnyUser, request: HttpRequest | None = None, **kwargs: object) -> None:
    """Store the language of the sign-in page as the user's, unless they have chosen one."""
    if not request or "HTTP_ACCEPT_LANGUAGE" not in request.META:
        return
    language = get_language()
    profile = UserProfile.get_for_user(user)
    if not profile.preferred_language and language in dict(settings.LANGUAGES):
        profile.preferred_language = language
        profile.save(update_fields=["preferred_language"])


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
def suppress_wagtail_approval_email(**kwargs: object) -> None:
    """Do nothing. Wagtail's receiver has the same dispatch_uid and connects later (INSTALLED_APPS), so it is ignored."""


@receiver(page_published)
def page_went_live(instance: Page, revision: Revision, **kwargs: object) -> None:
    notify_review_requester(instance, revision)
