"""Actions on a review that come after somebody else has finished it, and the second of a double click.

Wagtail answers them with a 500, does another step's action or none, and drops what was typed. Here the person is told what
happened meanwhile; corrections are saved as a draft, and a comment that was not sent comes back in the message.
"""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.fields import StreamField
from wagtail.models import Page, PageSubscription, TaskState

from accounts.confirmations import confirm, replace_confirmation
from accounts.review_outcome import review_outcome

# The step that an editor was opened for; beside the buttons of the review (accounts.action_menu).
STEP = "review-step"
IN_REVIEW_ALREADY = ("action-submit", "action-publish")
REVIEW_OVER = ("action-cancel-workflow", "action-restart-workflow")
ACTION = "action-workflow-action"
ACTION_FIELDS = (
    ACTION,
    "workflow-action-name",
    "workflow-action-extra-data",
    *IN_REVIEW_ALREADY,
    *REVIEW_OVER,
)

EDIT = "wagtailadmin_pages:edit"
ACT = "wagtailadmin_pages:workflow_action"
COLLECT = "wagtailadmin_pages:collect_workflow_action_data"


def save_as_draft_when_late(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before the editor acts: a late action becomes a plain save, or nothing where nothing was changed."""
    if request.method != "POST" or not is_late(page, request.POST):
        return None
    said = _what_happened(page, _comment(request.POST))
    request.POST = _without_action(request.POST)  # type: ignore[assignment]
    if not _has_changes(request, page):
        messages.warning(request, said)
        return redirect(EDIT, page.pk)
    if (lock := page.get_lock()) and lock.for_user(request.user):
        messages.warning(request, said)
        return None  # the form comes back as it was typed
    request.late_review = said  # type: ignore[attr-defined]
    return None


def confirm_late_draft(request: HttpRequest, page: Page) -> bool:
    """After the editor has saved; return whether it was a late action."""
    said = getattr(request, "late_review", "")
    if said:
        kept = _(
            "Your changes are saved as a draft. To publish them, send the draft for review or publish it."
        )
        replace_confirmation(request, f"{said} {kept}", messages.warning)
    return bool(said)


def is_late(page: Page, sent: QueryDict) -> bool:
    """Whether the review is no longer where it was when the editor was opened."""
    step = page.current_workflow_task_state
    acts = sent.get(ACTION) or any(sent.get(name) for name in REVIEW_OVER)
    if acts and sent.get(STEP) and sent[STEP] != str(step.pk if step else ""):
        return True
    return bool(
        (sent.get(ACTION) and not step)
        or (any(sent.get(name) for name in REVIEW_OVER) and not page.current_workflow_state)
        or (any(sent.get(name) for name in IN_REVIEW_ALREADY) and page.workflow_in_progress)
    )


class LateReviewMiddleware:
    """For the dialogs and the lists of what waits, and for those who may no longer open the page: with the end of their step
    the guard of the admin takes them for strangers, so this stands before it and answers only who could have acted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.view_name == ACT and request.method == "POST" and response.status_code < 400:
            self._confirm(request, **match.kwargs)
        return response

    def _confirm(self, request: HttpRequest, page_id: int, action_name: str, task_state_id: int) -> None:
        """Wagtail says nothing after an action from a list, where no hook runs."""
        step = TaskState.objects.filter(pk=task_state_id, finished_by=request.user.pk).first()
        page = Page.objects.filter(pk=page_id).first()
        if step and page and not getattr(request, "late_review", ""):
            confirm(request, page, action_name)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in (ACT, COLLECT) and not (name == EDIT and request.method == "POST"):
            return None
        key = kwargs.get("task_state_id") or request.POST.get(STEP, "")
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        step = _step_of(page, key)
        if not page or not step or step == page.current_workflow_task_state:
            return None
        if not step.task.specific.get_actions(page.specific, request.user):
            return None
        if name == EDIT:
            return self._answer_editor(request, page)
        return self._answer_dialog(request, page, name)

    def _answer_editor(self, request: HttpRequest, page: Page) -> HttpResponse | None:
        if page.permissions_for_user(request.user).can_edit():
            return None  # save_as_draft_when_late does it
        messages.warning(request, _what_happened(page, _comment(request.POST)))
        return redirect("wagtailadmin_home")

    def _answer_dialog(self, request: HttpRequest, page: Page, name: str) -> HttpResponse:
        comment = request.POST.get("comment", "")
        if name == COLLECT:  # the editor sends its form next, which is answered above
            return JsonResponse({"step": "success", "cleaned_data": {"comment": comment} if comment else {}})
        request.late_review = _what_happened(page, comment)  # type: ignore[attr-defined]
        messages.warning(request, request.late_review)  # type: ignore[attr-defined]
        target = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": target})
        return redirect(target)


def _step_of(page: Page | None, key: Any) -> TaskState | None:
    """The step of a review of this page; no number that a form may send names another page's."""
    if not page or not str(key).isdecimal() or len(str(key)) > 18:
        return None
    return TaskState.objects.for_instance(page).filter(pk=int(key)).first()


def _what_happened(page: Page, comment: str) -> str:
    said = review_outcome(page.specific)
    if comment:
        said += " " + _("Your comment was not sent: “%(comment)s”") % {"comment": comment}
    return said


def _comment(sent: QueryDict) -> str:
    try:
        return str(json.loads(sent.get("workflow-action-extra-data", "{}")).get("comment", ""))
    except (ValueError, AttributeError):
        return ""


def _without_action(sent: QueryDict) -> QueryDict:
    kept = sent.copy()
    for name in ACTION_FIELDS:
        kept.pop(name, None)
    return kept


def _has_changes(request: HttpRequest, page: Page) -> bool:
    """Whether what was sent says anything that is not saved. Without looking at the identifiers of blocks: the second of two
    clicks sends a new block without one once more."""
    draft = page.get_latest_revision_as_object()
    form = draft.get_edit_handler().get_form_class()(
        request.POST,
        request.FILES,
        instance=draft,
        subscription=PageSubscription(page=draft, user=request.user),
        parent_page=draft.get_parent(),
        for_user=request.user,
    )
    form.defer_required_fields()
    before = _content(page.get_latest_revision_as_object())
    return not form.is_valid() or before != _content(form.save(commit=False))


def _content(page: Page) -> Any:
    streams = {field.name for field in page._meta.fields if isinstance(field, StreamField)}
    return _without_identifiers(
        {
            name: json.loads(value) if name in streams else value
            for name, value in page.serializable_data().items()
        }
    )


def _without_identifiers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_identifiers(part) for key, part in value.items() if key not in ("id", "pk")}
    return [_without_identifiers(part) for part in value] if isinstance(value, list) else value
