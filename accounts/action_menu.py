"""The buttons of a review at the foot of the editor."""

from django.utils.translation import gettext as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.models import WorkflowState


class SendForReviewItem(SubmitForModerationMenuItem):
    """A label without the name of the workflow or its task, which is bilingual."""

    def get_context_data(self, parent_context: dict[str, object]) -> dict[str, object]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("Send for review again") if again else _("Send for review")
        return context


def use_own_buttons(items: list[ActionMenuItem]) -> None:
    """Replace Wagtail's menu items in place. Restarting a review that was sent back is labelled as sending it again."""
    items[:] = [
        SendForReviewItem(order=item.order) if type(item) is SubmitForModerationMenuItem else item
        for item in items
        if not isinstance(item, RestartWorkflowMenuItem)
    ]
    for item in items:
        if isinstance(item, WorkflowMenuItem):
            item.template_name = "accounts/admin/review_action.html"
