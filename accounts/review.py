"""The workflow tasks: an expert's review, if the secretariat asks for it, then the secretariat's, which publishes."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from core.users import AnyUser

Actions = list[tuple[str, str | Promise, bool]]
SEND_BACK = ("reject", _("Send back with a comment"), True)
ASK_EXPERT = "ask_expert"


class ReviewLock(WorkflowLock):
    """A lock whose message does not contain the names of task and workflow, which are bilingual."""

    def get_message(self, user: AnyUser) -> str | Promise | None:
        if not self.for_user(user):
            return None
        return _("This page is in review. Until it is published or sent back, only reviewers can change it.")


class CommentForm(TaskStateCommentForm):
    """The comment form with a lazily translated label; Wagtail's is translated once, at server start."""

    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea({"rows": 2}))


class ExpertReview(AbstractGroupApprovalTask):
    """Review by an expert, skipped unless the secretariat asks for it or the expert sent the page back before."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("expert review")
        verbose_name_plural = _("expert reviews")

    def start(self, workflow_state: WorkflowState, user: AnyUser | None = None) -> TaskState:
        last = workflow_state.task_states.filter(task=self).order_by("-pk").first()
        if last and last.status == TaskState.STATUS_REJECTED:
            return self.ask(workflow_state, user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=workflow_state.content_object.get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )

    def ask(self, workflow_state: WorkflowState, user: AnyUser | None = None) -> TaskState:
        """Start the task without skipping it; the experts get an e-mail."""
        return super().start(workflow_state, user=user)

    def get_actions(self, obj: Page, user: AnyUser) -> Actions:
        if not super().get_actions(obj, user):
            return []
        return [SEND_BACK, ("approve", _("Recommend for publication"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return CommentForm

    @classmethod
    def get_description(cls) -> Promise:
        return _("Members of the chosen groups read the page when the secretariat asks them to")


class SecretariatReview(AbstractGroupApprovalTask):
    """Review by the secretariat, which publishes the page, sends it back with a comment or asks an expert first."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("secretariat review")
        verbose_name_plural = _("secretariat reviews")

    def get_actions(self, obj: Page, user: AnyUser) -> Actions:
        if not super().get_actions(obj, user):
            return []
        actions: Actions = [("approve", publish_label_of(obj), False), SEND_BACK]
        state = obj.current_workflow_state
        if state and _expert_review(state):
            actions.append((ASK_EXPERT, _("Ask an expert first"), False))
        return actions

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: AnyUser, action_name: str, **kwargs: object) -> None:
        if action_name == ASK_EXPERT:
            self._pass_to_expert(task_state, user)
            return
        if action_name == "approve":
            self._take_in_own_changes(task_state, user)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return CommentForm

    @classmethod
    def get_description(cls) -> Promise:
        return _("Members of the chosen groups publish the page, send it back or ask an expert first")

    def _pass_to_expert(self, task_state: TaskState, user: AnyUser) -> None:
        state = task_state.workflow_state
        expert = _expert_review(state)
        if not expert or task_state.status != TaskState.STATUS_IN_PROGRESS:
            return
        task_state.status = TaskState.STATUS_CANCELLED
        task_state.finished_at = timezone.now()
        task_state.finished_by = user
        task_state.save()
        state.current_task_state = expert.ask(state, user)
        state.save()

    def _take_in_own_changes(self, task_state: TaskState, user: AnyUser) -> None:
        """Approve the latest revision if the person who publishes made it; another person's changes need a new approval."""
        latest = task_state.workflow_state.content_object.get_latest_revision()
        if latest.user_id == user.pk and latest.pk != task_state.revision_id:
            task_state.revision = latest
            task_state.save(update_fields=["revision"])


def _expert_review(state: WorkflowState) -> ExpertReview | None:
    """Return the expert's step of this review, if its workflow has one that is in use."""
    return ExpertReview.objects.filter(active=True, workflow_tasks__workflow=state.workflow_id).first()


def publish_label_of(page: Page) -> str | Promise:
    """Return "Schedule" or "Publish", by the draft's go-live date; the row of a live page does not have it."""
    draft = page.get_latest_revision_as_object()
    return _("Schedule") if draft.go_live_at and draft.go_live_at > timezone.now() else _("Publish")
