"""A sentence about the outcome of a page's review (who, what, when) for somebody who acts on it too late."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState
from wagtail.utils.timestamps import render_timestamp

from accounts.review import ExpertReview
from core.users import AnyUser

CANCELLED = "wagtail.workflow.cancel"
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled", "wagtail.revert")


def last_review(page: Page) -> WorkflowState | None:
    return WorkflowState.objects.for_instance(page).order_by("-pk").first()


def last_decision(state: WorkflowState) -> TaskState | None:
    """Return the last step that a person finished; the current one may be a skipped expert review."""
    return state.task_states.filter(finished_by__isnull=False).order_by("-finished_at", "-pk").first()


def review_outcome(page: Page) -> str:
    """Return a sentence on the state of the last review of `page`, '' if it never had one."""
    state = last_review(page)
    if not state:
        return ""
    title = page.get_admin_display_title()
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        return _waiting(state, title)
    if state.status == WorkflowState.STATUS_CANCELLED:
        return _cancelled(page, state, title)
    step = last_decision(state) or state.current_task_state
    values = _values(title, step.finished_by, step.finished_at or step.started_at)
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("On %(when)s, %(who)s sent “%(title)s” back for changes.") % values
    if scheduled := page.scheduled_revision:
        values["live"] = render_timestamp(scheduled.approved_go_live_at)
        return _("%(who)s has approved “%(title)s” already. On %(live)s it will be published.") % values
    return _published(values)


def _waiting(state: WorkflowState, title: str) -> str:
    step = state.current_task_state
    before = state.task_states.filter(pk__lt=step.pk, finished_by__isnull=False).order_by("-pk").first()
    values = _values(title, before.finished_by if before else state.requested_by, step.started_at)
    if isinstance(step.task.specific, ExpertReview):
        return _("On %(when)s, %(who)s asked an expert to read “%(title)s” first.") % values
    if before and before.status == TaskState.STATUS_APPROVED:
        return _("On %(when)s, %(who)s recommended “%(title)s”. It now waits for the secretariat.") % values
    return _("“%(title)s” is in review: on %(when)s, %(who)s sent it to the secretariat.") % values


def _cancelled(page: Page, state: WorkflowState, title: str) -> str:
    """Return who cancelled the review, by the history; publishing the page cancels a review too."""
    entries = PageLogEntry.objects.filter(page=page.pk, timestamp__gte=state.created_at).order_by("-pk")
    if published := entries.filter(action__in=PUBLISHED).first():
        return _published(_values(title, published.user, published.timestamp))
    cancelled = entries.filter(action=CANCELLED).first()
    moment = cancelled.timestamp if cancelled else state.created_at
    values = _values(title, cancelled.user if cancelled else None, moment)
    return _("On %(when)s, %(who)s took “%(title)s” out of review.") % values


def _published(values: dict[str, str]) -> str:
    return _("“%(title)s” is published already: %(who)s did it on %(when)s, and readers see it.") % values


def _values(title: str, user: AnyUser | None, moment: datetime) -> dict[str, str]:
    return {"title": title, "who": user_display_name(user) or _("Someone"), "when": render_timestamp(moment)}
