"""Bulk actions on pages, without the pages that need a decision of their own.

Pages in review, and pages with a translation, are excluded and named on the confirmation page and in the message.
"""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.models import Page, PageQuerySet, WorkflowState

from accounts.publication_mail import send_published_email
from accounts.review_outcome import last_review
from core.languages import check_move
from core.removal import affected
from core.users import AnyUser

IN_REVIEW = (WorkflowState.STATUS_IN_PROGRESS,)
UNDECIDED = (*IN_REVIEW, WorkflowState.STATUS_NEEDS_CHANGES)


def undecided(page: Page, statuses: tuple[str, ...] = UNDECIDED) -> bool:
    """Return whether a review of `page` is running, or was sent back and not restarted."""
    state = page.current_workflow_state
    return bool(state and state.status in statuses)


class ExcludePagesInReviewMixin:
    """Exclude pages whose review has one of `statuses`; the context lists them as `left_out`."""

    statuses: tuple[str, ...] = UNDECIDED
    request: HttpRequest
    next_url: str

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        objects, exclusions = super().get_actionable_objects()  # type: ignore[misc]
        exclusions["left_out"] = [page for page in objects if self.is_left_out(page)]
        return [page for page in objects if page not in exclusions["left_out"]], exclusions

    def is_left_out(self, page: Page) -> bool:
        return undecided(page, self.statuses)

    def prepare_action(self, objects: list[Page], exclusions: dict[str, list[Page]]) -> HttpResponse | None:
        if left_out := exclusions["left_out"] + self.left_out_below(objects):
            titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in left_out)
            messages.warning(self.request, self.left_out_message() % {"titles": titles})
        if not objects and exclusions["left_out"]:
            return redirect(self.next_url)
        return super().prepare_action(objects, exclusions)  # type: ignore[misc]

    def left_out_below(self, objects: list[Page]) -> list[Page]:
        return []

    def left_out_message(self) -> str:
        raise NotImplementedError


class ExcludeTranslatedPagesMixin:
    """Exclude pages that have translations; the context lists them as `in_languages`. They are handled one by one."""

    request: HttpRequest
    next_url: str
    action_type: str

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        objects, exclusions = super().get_actionable_objects()  # type: ignore[misc]
        exclusions["in_languages"] = [page for page in objects if affected(page, self.action_type)]
        return [page for page in objects if page not in exclusions["in_languages"]], exclusions

    def prepare_action(self, objects: list[Page], exclusions: dict[str, list[Page]]) -> HttpResponse | None:
        if left_out := exclusions["in_languages"]:
            titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in left_out)
            message = _(
                "Left out, because they have a page in another language: %(titles)s. Do it one by one: you are asked"
                " about both there."
            )
            messages.warning(self.request, message % {"titles": titles})
            if not objects:
                return redirect(self.next_url)
        return super().prepare_action(objects, exclusions)  # type: ignore[misc]


class PublishForm(DefaultPageForm):
    include_descendants = forms.BooleanField(
        required=False, label=gettext_lazy("Publish the drafts below too")
    )


class UnpublishForm(DefaultPageForm):
    include_descendants = forms.BooleanField(
        required=False, label=gettext_lazy("Unpublish the pages below too")
    )


class PublishPages(ExcludePagesInReviewMixin, PublishBulkAction):
    form_class = PublishForm
    template_name = "accounts/admin/confirm_bulk_publish.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["left_out_below"] = _undecided_below([row["item"] for row in context["items"]])
        return context

    def left_out_below(self, objects: list[Page]) -> list[Page]:
        return _undecided_below(objects) if self.cleaned_form.cleaned_data["include_descendants"] else []

    def left_out_message(self) -> str:
        return _(
            "Not published, because they are in review or were sent back: %(titles)s. Decide in the review."
        )

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        include_descendants: bool = False,
        user: AnyUser | None = None,
        **kwargs: object,
    ) -> tuple[int, int]:
        below = [page for above in objects for page in _drafts_below(above)] if include_descendants else []
        below = [
            page
            for page in below
            if not undecided(page) and page.permissions_for_user(user).can_publish() and page not in objects
        ]
        for page in [*objects, *below]:
            _publish(page.specific, user)
        return len(objects), len(below)


class DeletePages(ExcludePagesInReviewMixin, ExcludeTranslatedPagesMixin, DeleteBulkAction):
    statuses = IN_REVIEW
    template_name = "accounts/admin/confirm_bulk_delete.html"

    def is_left_out(self, page: Page) -> bool:
        """Return whether the page, or a page below it, is in review."""
        return any(
            undecided(descendant, self.statuses)
            for descendant in page.get_descendants(inclusive=True).prefetch_workflow_states()
        )

    def left_out_message(self) -> str:
        return _(
            "Not deleted, because they or pages below them are in review: %(titles)s. Decide in the review first."
        )


class UnpublishPages(ExcludeTranslatedPagesMixin, UnpublishBulkAction):
    form_class = UnpublishForm
    template_name = "accounts/admin/confirm_bulk_unpublish.html"


class MovePages(MoveBulkAction):
    template_name = "accounts/admin/confirm_bulk_move.html"

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        """Return the pages to move and the exclusions; once the destination is chosen, pages whose translations this user may
        not move are excluded. `refused` lists (page, reason) of all that stay."""
        objects, exclusions = super().get_actionable_objects()
        exclusions["refused"] = []
        if self.cleaned_form is None:
            return objects, exclusions
        user, target = self.request.user, self.cleaned_form.cleaned_data["chooser"]
        immovable = [page for page in objects if not _may_move_along(user, page, target)]
        exclusions["pages_without_destination_access"] += [
            {"item": page, "can_edit": False} for page in immovable
        ]
        rows = exclusions["pages_without_destination_access"] + exclusions["pages_with_duplicate_slugs"]
        exclusions["refused"] = [(row["item"], _why_not(user, row["item"], target)) for row in rows]
        return [page for page in objects if page not in immovable], exclusions


def _why_not(user: AnyUser, page: Page, target: Page) -> str:
    """Return the reason why this page cannot be moved there; Wagtail only says that it cannot."""
    if target == page or target.is_descendant_of(page):
        return _("A page does not go below itself.")
    if not page.specific.can_move_to(target):
        return _("Pages of this kind, or in this language, do not go there.")
    if not Page._slug_is_available(page.slug, target, page=page):
        return _("Another page there has the same slug, “%(slug)s”.") % {"slug": page.slug}
    if not page.permissions_for_user(user).can_move_to(target):
        return _("You may not move pages there.")
    return _(
        "Its page in another language would move along, and you may not move that one there, or its place is taken."
    )


def _may_move_along(user: AnyUser, page: Page, target: Page) -> bool:
    try:
        check_move(user, page, target)
    except PermissionDenied:
        return False
    return True


def _undecided_below(pages: list[Page]) -> list[Page]:
    return [page for above in pages for page in _drafts_below(above) if undecided(page)]


def _drafts_below(page: Page) -> PageQuerySet:
    return page.get_descendants().not_live().specific().prefetch_workflow_states()


def _publish(page: Page, user: AnyUser | None) -> None:
    """Publish the latest draft and e-mail its author. The review's requester is notified by the `page_published` receiver."""
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)
    if page.owner and page.owner != user and not last_review(page):
        send_published_email(instance=type(page).objects.get(pk=page.pk), people=[page.owner])
