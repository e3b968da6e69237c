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
    """Before the editor acts: a late action becomes a plain save, or nothing where nothing was changed."""
    if request.method != "POST":
        return None
    if not is_late(page, request.POST):
        note_end_of_review(request, page)
        return None
    told = _what_happened(page, _comment(request.POST))
    request.POST = _without_action(request.POST)  # type: ignore[assignment]
    late = LateCorrections(request, page)
    if not late.are_valid():
        messages.warning(request, told)
        return None  # the form comes back with what is wrong in it
    if not late.any():
        messages.warning(request, f"{told} {_kept()}" if _has_autosaved(request.user, page) else told)
        return redirect(EDIT, page.pk)
    if (lock := page.get_lock()) and lock.for_user(request.user):
        messages.warning(request, told)
        return None  # the form comes back as it was typed
    if not late.meet_a_newer_version:
        request.late_review = told  # type: ignore[attr-defined]
        return None
    late.save()
    messages.warning(request, " ".join(filter(None, (told, _kept(), late.overlap()))), buttons=late.buttons())
    return redirect(EDIT, page.pk)


def confirm_late_draft(request: HttpRequest, page: Page) -> bool:
    """After the editor has saved; return whether it was a late action."""
    said = getattr(request, "late_review", "")
    if said:
        replace_confirmation(request, f"{said} {_kept()}", messages.warning)
    return bool(said)


def note_end_of_review(request: HttpRequest, page: Page) -> None:
    """An autosave asks for no action; where it is refused, it is said that the review has ended meanwhile."""
    step = page.current_workflow_task_state
    if request.POST.get(STEP) and request.POST[STEP] != str(step.pk if step else ""):
        told = review_outcome(page.specific)
        request.end_of_review = {  # type: ignore[attr-defined]
            "error_message": _("The review is over. Your text stays here; it is not saved yet."),
            "review_over": " ".join((told, _("If you go on, your corrections are kept as a draft."))),
        }


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
        if ended := getattr(request, "end_of_review", None):
            return _with_end_of_review(response, ended)
        return response

    def _confirm(self, request: HttpRequest, page_id: int, action_name: str, task_state_id: int) -> None:
        """Wagtail says nothing after an action from a list, where no hook runs."""
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


def _with_end_of_review(response: HttpResponse, ended: dict[str, str]) -> HttpResponse:
    """Wagtail's answer to an autosave that would have overwritten what was saved with the decision."""
    if response.status_code != 400 or not isinstance(response, JsonResponse):
        return response
    content = json.loads(response.content)
    is_refused = content.get("error_code") == "invalid_revision"
    return JsonResponse(content | ended, status=400) if is_refused else response


def _has_autosaved(user: AnyUser, page: Page) -> bool:
    """Whether the draft of a published page is this person's, so that nothing is left to save."""
    latest = page.get_latest_revision()
    is_draft = page.live and page.has_unpublished_changes and not page.workflow_in_progress
    return bool(is_draft and latest and latest.user_id == user.pk)


def _kept() -> str:
    return _("Your changes are saved as a draft. To publish them, send the draft for review or publish it.")


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
