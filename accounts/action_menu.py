"""The buttons of a review at the foot of the editor."""

from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem


def use_own_buttons(items: list[ActionMenuItem]) -> None:
    for item in items:
        if isinstance(item, WorkflowMenuItem):
            item.template_name = "accounts/admin/review_action.html"
