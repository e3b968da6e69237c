"""Bulk actions on pages: those about which somebody has to be asked one by one are left out and named, in the question before
and after it. Their review is to be decided first, or they have a page in another language."""

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

from accounts.publication_mail import tell_published
from accounts.review_outcome import last_review
from core.languages import check_move
from core.removal import affected
from core.users import AnyUser

IN_REVIEW = (WorkflowState.STATUS_IN_PROGRESS,)
UNDECIDED = (*IN_REVIEW, WorkflowState.STATUS_NEEDS_CHANGES)


def undecided(page: Page, statuses: tuple[str, ...] = UNDECIDED) -> bool:
    """Whether a review of `page` is running, or it was sent back and not sent again."""
    state = page.current_workflow_state
    return bool(state and state.status in statuses)


class LeavesOutReviews:
    """`left_out` names the pages, `statuses` says of which reviews."""

    statuses: tuple[str, ...] = UNDECIDED
    request: HttpRequest
    next_url: str

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        others["left_out"] = [page for page in objects if self.is_left_out(page)]
        return [page for page in objects if page not in others["left_out"]], others

    def is_left_out(self, page: Page) -> bool:
        return undecided(page, self.statuses)

    def prepare_action(self, objects: list[Page], others: dict[str, list[Page]]) -> HttpResponse | None:
        if left_out := others["left_out"] + self.left_out_below(objects):
            titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in left_out)
            messages.warning(self.request, self.left_out_message() % {"titles": titles})
        if not objects and others["left_out"]:
            return redirect(self.next_url)
        return super().prepare_action(objects, others)  # type: ignore[misc]

    def left_out_below(self, objects: list[Page]) -> list[Page]:
        return []

    def left_out_message(self) -> str:
        raise NotImplementedError


class LeavesOutLanguages:
    """`in_languages` names the pages that have a page in another language, about which one is asked on a page of its own."""

    request: HttpRequest
    next_url: str
    action_type: str

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        others["in_languages"] = [page for page in objects if affected(page, self.action_type)]
        return [page for page in objects if page not in others["in_languages"]], others

    def prepare_action(self, objects: list[Page], others: dict[str, list[Page]]) -> HttpResponse | None:
        if left_out := others["in_languages"]:
            titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in left_out)
            said = _(
                "Left out, because they have a page in another language: %(titles)s. Do it one by one: you are asked"
                " about both there."
            )
            messages.warning(self.request, said % {"titles": titles})
            if not objects:
                return redirect(self.next_url)
        return super().prepare_action(objects, others)  # type: ignore[misc]


class PublishForm(DefaultPageForm):
    include_descendants = forms.BooleanField(
        required=False, label=gettext_lazy("Publish the drafts below too")
    )


class UnpublishForm(DefaultPageForm):
    include_descendants = forms.BooleanField(
        required=False, label=gettext_lazy("Unpublish the pages below too")
    )


class PublishPages(LeavesOutReviews, PublishBulkAction):
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


class DeletePages(LeavesOutReviews, LeavesOutLanguages, DeleteBulkAction):
    statuses = IN_REVIEW
    template_name = "accounts/admin/confirm_bulk_delete.html"

    def is_left_out(self, page: Page) -> bool:
        """Also where a page below it is in review."""
        return any(
            undecided(found, self.statuses)
            for found in page.get_descendants(inclusive=True).prefetch_workflow_states()
        )

    def left_out_message(self) -> str:
        return _(
            "Not deleted, because they or pages below them are in review: %(titles)s. Decide in the review first."
        )


class UnpublishPages(LeavesOutLanguages, UnpublishBulkAction):
    form_class = UnpublishForm
    template_name = "accounts/admin/confirm_bulk_unpublish.html"


class MovePages(MoveBulkAction):
    template_name = "accounts/admin/confirm_bulk_move.html"

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        """Once the place is chosen, without those whose other languages this person may not move along. `refused` has each that
        stays with the reason."""
        objects, others = super().get_actionable_objects()
        others["refused"] = []
        if self.cleaned_form is None:
            return objects, others
        user, target = self.request.user, self.cleaned_form.cleaned_data["chooser"]
        along = [page for page in objects if not _may_move_along(user, page, target)]
        others["pages_without_destination_access"] += [{"item": page, "can_edit": False} for page in along]
        kept = others["pages_without_destination_access"] + others["pages_with_duplicate_slugs"]
        others["refused"] = [(row["item"], _why_not(user, row["item"], target)) for row in kept]
        return [page for page in objects if page not in along], others


def _why_not(user: AnyUser, page: Page, target: Page) -> str:
    """Why this page cannot be moved there, for which Wagtail has the one sentence that it cannot."""
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
    """Publish the latest draft; tell its author. Who asked for a review is told as the page goes live."""
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)
    if page.owner and page.owner != user and not last_review(page):
        tell_published(instance=type(page).objects.get(pk=page.pk), people=[page.owner])
