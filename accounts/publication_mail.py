"""The e-mail that tells an author their page is published: when readers can see it, and once.

Wagtail sends it when a review ends, which is days too early for a page that goes live at a date, and never where a page is
published past its review.
"""

from collections.abc import Iterable

from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from accounts.review_outcome import PUBLISHED, last_decision, last_review
from core.users import AnyUser


class PublicationNotifier(EmailNotificationMixin, Notifier):
    """In each person's language, unless they switched these e-mails off in their account."""

    notification = "approved"

    def __init__(self) -> None:
        super().__init__((Page,))

    def get_recipient_users(
        self, page: Page, people: Iterable[AnyUser] = (), **kwargs: object
    ) -> set[AnyUser]:
        return {person for person in people if person}

    def get_template_base_prefix(self, instance: Page, **kwargs: object) -> str:
        return "workflow_state_"

    def get_context(self, page: Page, **kwargs: object) -> dict[str, object]:
        return super().get_context(page, **kwargs) | {"page": page}


tell_published = PublicationNotifier()


def tell_who_asked_for_review(page: Page, revision: Revision) -> None:
    """As `page` goes live: tell who asked for the review that leads to it or that it ends, if they do not know yet."""
    state = last_review(page)
    if not page.live or not state or _was_published_since(page, state):
        return
    step = last_decision(state)
    publisher = revision.user if state.is_active or not step else step.finished_by
    if state.requested_by and state.requested_by != publisher:
        tell_published(instance=page, people=[state.requested_by])


def _was_published_since(page: Page, state: WorkflowState) -> bool:
    """Whether it went live after the last step of this review. The entry of this very publication is written later."""
    step = last_decision(state)
    since = step.finished_at if step else state.created_at
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLISHED)
    return entries.filter(timestamp__gte=since).exists()
