"""Template tags about reviews for the admin."""

from django import template
from django.utils.functional import Promise
from wagtail.models import Page, PageQuerySet, WorkflowState

from accounts.moved_reviews import undecided_at
from accounts.review import SecretariatReview, publish_label_of
from core.users import AnyUser

register = template.Library()


@register.inclusion_tag("accounts/admin/sent_back.html")
def sent_back_notice(page: Page) -> dict[str, object]:
    """Return {"step": the task state with the comment} for a page that was sent back, else {}."""
    state = page.current_workflow_state if page.pk else None
    back = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return {"step": state.current_task_state} if state and back else {}


@register.simple_tag
def publish_label(page: Page) -> str | Promise:
    """Return the label of the button that publishes, '' if the page's current task does not publish."""
    task = page.current_workflow_task if page.pk else None
    return publish_label_of(page) if isinstance(task, SecretariatReview) else ""


@register.inclusion_tag("accounts/admin/undecided_reviews.html")
def undecided_reviews(pages: PageQuerySet, action: str) -> dict[str, object]:
    """Return the undecided reviews that `action` on `pages`, a page or the rows of a bulk action, would interrupt."""
    page_list = [pages] if isinstance(pages, Page) else [row["item"] for row in pages]
    return {"found": undecided_at(page_list, action), "action": action}


@register.simple_tag
def opens_for(user: AnyUser, page: Page) -> bool:
    """Return whether this user may open the editor of `page`."""
    return bool(page.permissions_for_user(user).can_edit())
