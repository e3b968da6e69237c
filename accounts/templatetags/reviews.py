"""What the admin's pages show of a review."""

from django import template
from django.utils.functional import Promise
from wagtail.models import Page, PageQuerySet, WorkflowState

from accounts.moved_reviews import undecided_at
from accounts.review import SecretariatReview, publish_label_of
from core.users import AnyUser

register = template.Library()


@register.inclusion_tag("accounts/admin/sent_back.html")
def sent_back_notice(page: Page) -> dict[str, object]:
    """For a page that was sent back: {"step": the step that did, with its comment}, else {}."""
    state = page.current_workflow_state if page.pk else None
    back = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return {"step": state.current_task_state} if state and back else {}


@register.simple_tag
def publish_label(page: Page) -> str | Promise:
    """The label of the button that ends the review, empty where no button of this page does."""
    task = page.current_workflow_task if page.pk else None
    return publish_label_of(page) if isinstance(task, SecretariatReview) else ""


@register.inclusion_tag("accounts/admin/undecided_reviews.html")
def undecided_reviews(pages: PageQuerySet, action: str) -> dict[str, object]:
    """The reviews that are reached when `pages`, one page or the rows of a bulk action, are moved, unpublished or deleted."""
    reached = [pages] if isinstance(pages, Page) else [row["item"] for row in pages]
    return {"found": undecided_at(reached, action), "action": action}


@register.simple_tag
def opens_for(user: AnyUser, page: Page) -> bool:
    """Whether a link to the editor of `page` opens for this user."""
    return bool(page.permissions_for_user(user).can_edit())
