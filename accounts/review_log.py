"""The text of approvals in a page's history. Wagtail logs the next task before it starts, even if it is then skipped; this
formatter names the task that really followed."""

from django.utils.translation import gettext as _
from wagtail.log_actions import LogFormatter
from wagtail.models import PageLogEntry, TaskState

APPROVE = "wagtail.workflow.approve"


class ApprovalFormatter(LogFormatter):
    def __init__(self, wagtails: LogFormatter) -> None:
        self.label = wagtails.label
        self.format_comment = wagtails.format_comment

    def format_message(self, log_entry: PageLogEntry) -> str:
        workflow = log_entry.data.get("workflow") or {}
        values = {"task": (workflow.get("task") or {}).get("title", "")}
        step = TaskState.objects.filter(pk=workflow.get("task_state_id")).first()
        following = step_after(step) if step else None
        if following:
            return _("%(task)s: approved. Next: %(next)s") % (values | {"next": following.task.name})
        if step:
            return _("%(task)s: approved. The review is complete.") % values
        return _("%(task)s: approved") % values


def step_after(step: TaskState) -> TaskState | None:
    """Return the task state that followed `step` in the same review without being skipped, None if none did."""
    later = step.workflow_state.task_states.filter(pk__gt=step.pk).exclude(status=TaskState.STATUS_SKIPPED)
    return later.select_related("task").order_by("pk").first()
