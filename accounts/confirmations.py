"""Confirmation messages after an editor's action: what was done and what comes next. They replace Wagtail's."""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page, WorkflowState
from wagtail.utils.timestamps import render_timestamp

from accounts.review import ASK_EXPERT
from accounts.review_outcome import last_review
from core.users import AnyUser

APPROVE, REJECT = "approve", "reject"
SUBMIT, PUBLISH = "action-submit", "action-publish"


def replace_confirmation(
    request: HttpRequest,
    text: str,
    say: Callable[..., None] = messages.success,
    buttons: list[object] | None = None,
) -> None:
    """Replace all messages queued in this request by `text`; reading the queue empties it."""
    list(get_messages(request))
    say(request, text, buttons=buttons)


def confirm_action(request: HttpRequest, page: Page) -> None:
    """Confirm the action that the editor's form requested, if it was carried out."""
    form_data = request.POST
    action = form_data.get("workflow-action-name", "") if form_data.get("action-workflow-action") else ""
    action = action or next((name for name in (SUBMIT, PUBLISH) if form_data.get(name)), "")
    confirm(request, page, action)


def confirm(request: HttpRequest, page: Page, action: str) -> None:
    """Confirm `action` on the saved `page`; add no message if it was not carried out."""
    page = Page.objects.get(pk=page.pk).specific
    if text := _text(request.user, page, action):
        replace_confirmation(request, text, buttons=_buttons(request.user, page))


def _text(user: AnyUser, page: Page, action: str) -> str:
    title = {"title": page.get_latest_revision_as_object().get_admin_display_title()}
    state = last_review(page)
    if action == PUBLISH:
        return _published(page, title, None)
    if not action or not state:
        return ""
    if action == APPROVE and state.status == WorkflowState.STATUS_APPROVED:
        return _published(page, title, state.requested_by if state.requested_by != user else None)
    if action == APPROVE:
        return (
            _("You recommended “%(title)s” for publication. The secretariat is told and decides next.")
            % title
        )
    if action == REJECT:
        author = {"author": user_display_name(state.requested_by) or _("its author")}
        return _(
            "“%(title)s” is sent back to %(author)s, who gets your comment by e-mail and sees it above the form. "
            "You will be told when it is sent for review again."
        ) % (title | author)
    if action == ASK_EXPERT:
        return (
            _("The experts are asked to read “%(title)s”. After them it comes back to the secretariat.")
            % title
        )
    if action == SUBMIT:
        return (
            _(
                "“%(title)s” is sent for review. You will get an e-mail when it is published or sent back with a comment."
            )
            % title
        )
    return ""


def _published(page: Page, title: dict[str, str], author: AnyUser | None) -> str:
    scheduled = page.scheduled_revision
    if scheduled and scheduled.approved_go_live_at > timezone.now():
        values = title | {"live": render_timestamp(scheduled.approved_go_live_at)}
        message = _("“%(title)s” is scheduled: on %(live)s it will be published.") % values
        return message + " " + _("Its author gets an e-mail then.") if author else message
    if not page.live:
        return ""
    if page.expire_at:
        values = title | {"expires": render_timestamp(page.expire_at)}
        message = (
            _("“%(title)s” is published. It expires on %(expires)s; readers see it until then.") % values
        )
    else:
        message = _("“%(title)s” is published: readers see it from now on.") % title
    return message + " " + _("Its author is told by e-mail.") if author else message


def _buttons(user: AnyUser, page: Page) -> list[object]:
    """Return the buttons of the message: view and edit the page."""
    buttons = []
    if page.live and page.url and not page.has_unpublished_changes:
        buttons.append(messages.button(page.url, _("View live"), new_window=False))
    if page.permissions_for_user(user).can_edit():
        buttons.append(messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit")))
    return buttons
