"""Wagtail's choosers, bulk actions, admin API and reports, held to the rules of accounts.permissions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views import bulk_actions as document_actions
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import bulk_actions as image_actions
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageQuerySet

from accounts.action_menu import use_own_buttons
from accounts.bulk_actions import DeletePages, MovePages, PublishPages, UnpublishPages
from accounts.confirmations import confirm_action
from accounts.guard import REPORTS_ON_ALL_PAGES
from accounts.home_panels import FailuresPanel
from accounts.late_reviews import confirm_late_draft, save_as_draft_when_late
from accounts.models import User
from accounts.moved_reviews import DELETE, MOVE, UNPUBLISH, note_before, tell_after
from accounts.permissions import (
    FILE_POLICIES,
    FILE_USES,
    explores_every_page,
    grantable_groups,
    is_above,
    linkable_pages,
    may_remove,
    may_use_file,
    may_work_on,
)
from accounts.review_log import APPROVE, ApprovalFormatter
from accounts.user_admin import DeleteUsers

AFTER_WAGTAIL = 100
BEFORE_WAGTAIL = -1  # of two equal addresses the first is taken
BEFORE_ALL = -2  # core's hooks may do it to the other languages
REMOVING = ("delete", "move")
ASSIGN_ROLE = "assign_role"


@hooks.register("construct_page_chooser_queryset")
def offer_what_may_be_linked_to(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return linkable_pages(request.user, pages)


class PagesToRead(PagesAdminAPIViewSet):
    """Without actions: nothing in the admin uses them, and they pass by the hooks that guard the views."""

    actions: dict[str, object] = {}


class OwnFiles:
    """Wagtail lists the files of all collections."""

    def get_queryset(self) -> Any:
        files = super().get_queryset()  # type: ignore[misc]
        policy = FILE_POLICIES[files.model]
        own = policy.instances_user_has_any_permission_for(self.request.user, FILE_USES)  # type: ignore[attr-defined]
        return files.filter(pk__in=own.values("pk"))


class OwnImages(OwnFiles, ImagesAdminAPIViewSet):
    pass


class OwnDocuments(OwnFiles, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=AFTER_WAGTAIL)
def replace_endpoints(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesToRead)
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)


class TellsOnlyWhatMayBeSeen:
    """Wagtail answers a bulk action on others' objects with the list of their titles: these are not to be acted upon."""

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        objects, without_access = super().get_actionable_objects()  # type: ignore[misc]
        user = self.request.user  # type: ignore[attr-defined]
        without_access["items_with_no_access"] = [
            item
            for item in without_access["items_with_no_access"]
            if (may_work_on if isinstance(item, Page) else may_use_file)(user, item)
        ]
        if not objects and not any(without_access.values()):
            raise Http404
        return objects, without_access


def _telling_less(action: type[BulkAction]) -> type[BulkAction]:
    return type(action.__name__, (TellsOnlyWhatMayBeSeen, action), {})


for action in (
    DeletePages,
    MovePages,
    PublishPages,
    UnpublishPages,
    *(getattr(module, name) for module in (image_actions, document_actions) for name in module.__all__),
):
    hooks.register("register_bulk_action", _telling_less(action), order=AFTER_WAGTAIL)


hooks.register("register_bulk_action", DeleteUsers, order=AFTER_WAGTAIL)


@hooks.register("construct_reports_menu")
def hide_reports_on_all_pages(request: HttpRequest, items: list[MenuItem]) -> None:
    if not explores_every_page(request.user):
        hidden = {reverse(name) for name in REPORTS_ON_ALL_PAGES}
        items[:] = [item for item in items if item.url not in hidden]


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def keep_what_one_may_only_change(request: HttpRequest, page: Page, *target: Page) -> HttpResponse | None:
    return None if may_remove(request.user, page) else permission_denied(request)


@hooks.register("before_bulk_action")
def keep_them_in_bulk(
    request: HttpRequest, kind: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """The same for many pages at once, and for users."""
    kept = [item for item in objects if isinstance(item, User) and is_above(request.user, item)]
    if kind in REMOVING:
        kept += [item for item in objects if isinstance(item, Page) and not may_remove(request.user, item)]
    if kind == ASSIGN_ROLE:
        role = action.cleaned_form.cleaned_data["role"]
        kept += [] if grantable_groups(request.user).filter(pk=role.pk).exists() else [role]
    return permission_denied(request) if kept else None


@hooks.register("before_delete_page", order=BEFORE_ALL)
def note_reviews_before_deleting(request: HttpRequest, page: Page) -> None:
    note_before(request, [page], DELETE)


@hooks.register("before_unpublish_page", order=BEFORE_ALL)
def note_reviews_before_unpublishing(request: HttpRequest, page: Page) -> None:
    note_before(request, [page], UNPUBLISH)


@hooks.register("before_move_page", order=BEFORE_ALL)
def note_reviews_before_moving(request: HttpRequest, page: Page, destination: Page) -> None:
    note_before(request, [page], MOVE)


@hooks.register("before_bulk_action", order=BEFORE_ALL)
def note_reviews_before_bulk(request: HttpRequest, kind: str, objects: list[Page], action: object) -> None:
    note_before(request, [item for item in objects if isinstance(item, Page)], kind)


@hooks.register("after_delete_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_move_page")
@hooks.register("after_bulk_action")
def tell_of_reviews(request: HttpRequest, *done: object) -> None:
    tell_after(request)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def leave_who_is_above_alone(request: HttpRequest, user: User) -> HttpResponse | None:
    """Whoever could change such an account's password or e-mail would have what it may do."""
    return permission_denied(request) if is_above(request.user, user) else None


@hooks.register("construct_homepage_panels")
def tell_of_failures(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(FailuresPanel())


@hooks.register("construct_page_action_menu", order=AFTER_WAGTAIL)
def review_buttons(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]) -> None:
    use_own_buttons(items)


@hooks.register("register_log_actions", order=AFTER_WAGTAIL)
def tell_what_came_of_an_approval(actions: LogActionRegistry) -> None:
    actions.formatters[APPROVE] = ApprovalFormatter(actions.formatters[APPROVE])


@hooks.register("before_edit_page")
def late_actions_become_drafts(request: HttpRequest, page: Page) -> HttpResponse | None:
    return save_as_draft_when_late(request, page)


@hooks.register("after_edit_page")
def confirm_what_was_done(request: HttpRequest, page: Page) -> None:
    if not confirm_late_draft(request, page):
        confirm_action(request, page)


@hooks.register("after_create_page")
def confirm_what_was_created(request: HttpRequest, page: Page) -> None:
    confirm_action(request, page)


@hooks.register("register_admin_urls", order=BEFORE_WAGTAIL)
def close_previews_of_any_size() -> list[URLPattern]:
    """Wagtail would make a picture of any size for whoever edits it, and only its generator of URLs, which the portal does
    not have, asks for that."""
    return [path("images/<int:image_id>/preview/<str:filter_spec>/", _not_found)]


def _not_found(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
