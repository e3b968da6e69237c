"""What the history says of an approval. Wagtail notes the next step before it is taken, with the expert's, which is passed over
as a rule; here it is what came of it."""

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
    """Return the step that was taken after this one in the same review, None where there was none."""
    later = step.workflow_state.task_states.filter(pk__gt=step.pk).exclude(status=TaskState.STATUS_SKIPPED)
    return later.select_related("task").order_by("pk").first()
