"""The e-mail that tells an author that their page is published, sent once and when readers can see the page.

Wagtail sends it when a review ends: too early for a page that is scheduled, and never for one published without a decision
in the review.
"""

from collections.abc import Iterable

from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from accounts.fact_changes import is_fact_change
from accounts.review_outcome import PUBLISHED, last_decision, last_review
from core.users import AnyUser


class PublicationNotifier(EmailNotificationMixin, Notifier):
    """E-mails in each recipient's language, except to those who switched them off in their account."""

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


send_published_email = PublicationNotifier()


def notify_review_requester(page: Page, revision: Revision) -> None:
    """E-mail the person who requested the last review of `page`, unless they published it or were told before.

    A fact that was changed in many pages publishes nobody's draft.
    """
    state = last_review(page)
    if not page.live or not state or is_fact_change(revision) or _was_published_since(page, state):
        return
    step = last_decision(state)
    publisher = revision.user if state.is_active or not step else step.finished_by
    if state.requested_by and state.requested_by != publisher:
        send_published_email(instance=page, people=[state.requested_by])


def _was_published_since(page: Page, state: WorkflowState) -> bool:
    """Return whether `page` was published after the last step of this review; the current publication is not logged yet."""
    step = last_decision(state)
    since = step.finished_at if step else state.created_at
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLISHED)
    return entries.filter(timestamp__gte=since).exists()
