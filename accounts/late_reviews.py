"""Actions on a review that arrive after somebody else has finished it, and second clicks.

Wagtail answers them with a 500, applies the action to another step or to none, and loses the text. Here a message says what
happened in the meantime; corrections are saved as a draft, and an unsent comment is repeated in the message.
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
from wagtail.models import Page, TaskState

from accounts.confirmations import confirm, replace_confirmation
from accounts.late_corrections import LateCorrections
from accounts.review_outcome import review_outcome
from core.users import AnyUser

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
    """Turn a late action into a plain save, or into nothing if nothing was changed. Runs before Wagtail's edit view."""
    if request.method != "POST":
        return None
    if not is_late(page, request.POST):
        note_end_of_review(request, page)
        return None
    message = _late_action_message(page, _comment(request.POST))
    request.POST = _without_action(request.POST)  # type: ignore[assignment]
    late = LateCorrections(request, page)
    if not late.are_valid():
        messages.warning(request, message)
        return None  # the form comes back with what is wrong in it
    if not late.has_changes():
        messages.warning(
            request,
            f"{message} {_saved_as_draft_message()}" if _has_autosaved(request.user, page) else message,
        )
        return redirect(EDIT, page.pk)
    if (lock := page.get_lock()) and lock.for_user(request.user):
        messages.warning(request, message)
        return None  # the form comes back as it was typed
    if not late.conflicts_with_newer_version:
        request.late_review = message  # type: ignore[attr-defined]
        return None
    late.save()
    sentences = (message, _saved_as_draft_message(), late.conflict_message())
    messages.warning(request, " ".join(filter(None, sentences)), buttons=late.buttons())
    return redirect(EDIT, page.pk)


def confirm_late_draft(request: HttpRequest, page: Page) -> bool:
    """Replace Wagtail's confirmation after a late action was saved; return whether it was one."""
    message = getattr(request, "late_review", "")
    if message:
        replace_confirmation(request, f"{message} {_saved_as_draft_message()}", messages.warning)
    return bool(message)


def note_end_of_review(request: HttpRequest, page: Page) -> None:
    """Prepare the message for a refused autosave: the review has ended in the meantime."""
    step = page.current_workflow_task_state
    if request.POST.get(STEP) and request.POST[STEP] != str(step.pk if step else ""):
        outcome = review_outcome(page.specific)
        request.end_of_review = {  # type: ignore[attr-defined]
            "error_message": _("The review is over. Your text stays here; it is not saved yet."),
            "review_over": " ".join((outcome, _("If you go on, your corrections are kept as a draft."))),
        }


def is_late(page: Page, form_data: QueryDict) -> bool:
    """Return whether the review has moved on since the editor was opened."""
    step = page.current_workflow_task_state
    acts = form_data.get(ACTION) or any(form_data.get(name) for name in REVIEW_OVER)
    if acts and form_data.get(STEP) and form_data[STEP] != str(step.pk if step else ""):
        return True
    return bool(
        (form_data.get(ACTION) and not step)
        or (any(form_data.get(name) for name in REVIEW_OVER) and not page.current_workflow_state)
        or (any(form_data.get(name) for name in IN_REVIEW_ALREADY) and page.workflow_in_progress)
    )


class LateReviewMiddleware:
    """Answer late actions from dialogs and lists, and from people who may no longer open the page.

    Once their step has ended, AdminGuardMiddleware refuses such people, so this middleware runs before it. It answers only
    those who could have acted on the step.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and match.view_name == ACT and request.method == "POST" and response.status_code < 400:
            self._confirm(request, **match.kwargs)
        if ended := getattr(request, "end_of_review", None):
            return _with_end_of_review(response, ended)
        return response

    def _confirm(self, request: HttpRequest, page_id: int, action_name: str, task_state_id: int) -> None:
        """Confirm an action from a list: Wagtail shows no message there and runs no hook."""
        step = TaskState.objects.filter(pk=task_state_id, finished_by=request.user.pk).first()
        page = Page.objects.filter(pk=page_id).first()
        if step and page and not getattr(request, "late_review", ""):
            confirm(request, page, action_name)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
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
        messages.warning(request, _late_action_message(page, _comment(request.POST)))
        return redirect("wagtailadmin_home")

    def _answer_dialog(self, request: HttpRequest, page: Page, name: str) -> HttpResponse:
        comment = request.POST.get("comment", "")
        if name == COLLECT:  # the editor sends its form next, which is answered above
            return JsonResponse({"step": "success", "cleaned_data": {"comment": comment} if comment else {}})
        request.late_review = _late_action_message(page, comment)  # type: ignore[attr-defined]
        messages.warning(request, request.late_review)  # type: ignore[attr-defined]
        target = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": target})
        return redirect(target)


def _step_of(page: Page | None, key: Any) -> TaskState | None:
    """Return the review step `key` if it belongs to `page`; None for any other step and for invalid numbers."""
    if not page or not str(key).isdecimal() or len(str(key)) > 18:
        return None
    return TaskState.objects.for_instance(page).filter(pk=int(key)).first()


def _with_end_of_review(response: HttpResponse, ended: dict[str, str]) -> HttpResponse:
    """Add the message to Wagtail's refusal of an autosave that would overwrite the version saved with the decision."""
    if response.status_code != 400 or not isinstance(response, JsonResponse):
        return response
    content = json.loads(response.content)
    is_refused = content.get("error_code") == "invalid_revision"
    return JsonResponse(content | ended, status=400) if is_refused else response


def _has_autosaved(user: AnyUser, page: Page) -> bool:
    """Return whether `user` saved the current draft of the published page, so that there is nothing more to save."""
    latest = page.get_latest_revision()
    is_draft = page.live and page.has_unpublished_changes and not page.workflow_in_progress
    return bool(is_draft and latest and latest.user_id == user.pk)


def _saved_as_draft_message() -> str:
    return _("Your changes are saved as a draft. To publish them, send the draft for review or publish it.")


def _late_action_message(page: Page, comment: str) -> str:
    message = review_outcome(page.specific)
    if comment:
        message += " " + _("Your comment was not sent: “%(comment)s”") % {"comment": comment}
    return message


def _comment(form_data: QueryDict) -> str:
    try:
        return str(json.loads(form_data.get("workflow-action-extra-data", "{}")).get("comment", ""))
    except (ValueError, AttributeError):
        return ""


def _without_action(form_data: QueryDict) -> QueryDict:
    remaining = form_data.copy()
    for name in ACTION_FIELDS:
        remaining.pop(name, None)
    return remaining
