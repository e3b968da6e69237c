"""Hooks that apply accounts.permissions to Wagtail's choosers, bulk actions, admin API and reports."""

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
from accounts.moved_reviews import DELETE, MOVE, UNPUBLISH, notify_authors, remember_undecided_reviews
from accounts.permissions import (
    FILE_POLICIES,
    FILE_USES,
    explores_every_page,
    grantable_groups,
    has_fewer_permissions_than,
    linkable_pages,
    may_remove,
    may_use_file,
    may_work_on,
)
from accounts.review_log import APPROVE, ApprovalFormatter
from accounts.user_admin import DeleteUsers

AFTER_WAGTAIL = 100
BEFORE_WAGTAIL = -1  # the first of two equal URL patterns wins
BEFORE_ALL = -2  # before core's hooks, which may apply the action to the translations
REMOVING = ("delete", "move")
ASSIGN_ROLE = "assign_role"


@hooks.register("construct_page_chooser_queryset")
def limit_chooser_to_linkable_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return linkable_pages(request.user, pages)


class ReadOnlyPagesAPIViewSet(PagesAdminAPIViewSet):
    """The pages endpoint without actions: the admin does not use them, and they bypass the hooks that guard the views."""

    actions: dict[str, object] = {}


class PermittedFilesMixin:
    """List only files that the user has a permission on; Wagtail lists those of all collections."""

    def get_queryset(self) -> Any:
        files = super().get_queryset()  # type: ignore[misc]
        policy = FILE_POLICIES[files.model]
        permitted = policy.instances_user_has_any_permission_for(self.request.user, FILE_USES)  # type: ignore[attr-defined]
        return files.filter(pk__in=permitted.values("pk"))


class PermittedImagesAPIViewSet(PermittedFilesMixin, ImagesAdminAPIViewSet):
    pass


class PermittedDocumentsAPIViewSet(PermittedFilesMixin, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=AFTER_WAGTAIL)
def replace_endpoints(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", ReadOnlyPagesAPIViewSet)
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)


class HideInaccessibleObjectsMixin:
    """Hide the titles of objects that the user may not see, which Wagtail lists as "cannot be changed"."""

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


def _with_inaccessible_hidden(action: type[BulkAction]) -> type[BulkAction]:
    return type(action.__name__, (HideInaccessibleObjectsMixin, action), {})


for action in (
    DeletePages,
    MovePages,
    PublishPages,
    UnpublishPages,
    *(getattr(module, name) for module in (image_actions, document_actions) for name in module.__all__),
):
    hooks.register("register_bulk_action", _with_inaccessible_hidden(action), order=AFTER_WAGTAIL)


hooks.register("register_bulk_action", DeleteUsers, order=AFTER_WAGTAIL)


@hooks.register("construct_reports_menu")
def hide_reports_on_all_pages(request: HttpRequest, items: list[MenuItem]) -> None:
    if not explores_every_page(request.user):
        hidden = {reverse(name) for name in REPORTS_ON_ALL_PAGES}
        items[:] = [item for item in items if item.url not in hidden]


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def forbid_removal_without_permission(request: HttpRequest, page: Page, *target: Page) -> HttpResponse | None:
    return None if may_remove(request.user, page) else permission_denied(request)


@hooks.register("before_bulk_action")
def forbid_bulk_action_without_permission(
    request: HttpRequest, kind: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    """Refuse bulk removal of pages, and bulk actions on users or roles, without permission."""
    forbidden = [
        item for item in objects if isinstance(item, User) and has_fewer_permissions_than(request.user, item)
    ]
    if kind in REMOVING:
        forbidden += [
            item for item in objects if isinstance(item, Page) and not may_remove(request.user, item)
        ]
    if kind == ASSIGN_ROLE:
        role = action.cleaned_form.cleaned_data["role"]
        forbidden += [] if grantable_groups(request.user).filter(pk=role.pk).exists() else [role]
    return permission_denied(request) if forbidden else None


@hooks.register("before_delete_page", order=BEFORE_ALL)
def note_reviews_before_deleting(request: HttpRequest, page: Page) -> None:
    remember_undecided_reviews(request, [page], DELETE)


@hooks.register("before_unpublish_page", order=BEFORE_ALL)
def note_reviews_before_unpublishing(request: HttpRequest, page: Page) -> None:
    remember_undecided_reviews(request, [page], UNPUBLISH)


@hooks.register("before_move_page", order=BEFORE_ALL)
def note_reviews_before_moving(request: HttpRequest, page: Page, destination: Page) -> None:
    remember_undecided_reviews(request, [page], MOVE)


@hooks.register("before_bulk_action", order=BEFORE_ALL)
def note_reviews_before_bulk(request: HttpRequest, kind: str, objects: list[Page], action: object) -> None:
    remember_undecided_reviews(request, [item for item in objects if isinstance(item, Page)], kind)


@hooks.register("after_delete_page")
@hooks.register("after_unpublish_page")
@hooks.register("after_move_page")
@hooks.register("after_bulk_action")
def notify_authors_of_interrupted_reviews(request: HttpRequest, *done: object) -> None:
    notify_authors(request)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def forbid_editing_more_privileged_user(request: HttpRequest, user: User) -> HttpResponse | None:
    """Refuse editing an account with more permissions: a new password or e-mail address would take it over."""
    return permission_denied(request) if has_fewer_permissions_than(request.user, user) else None


@hooks.register("construct_homepage_panels")
def add_failures_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(FailuresPanel())


@hooks.register("construct_page_action_menu", order=AFTER_WAGTAIL)
def review_buttons(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]) -> None:
    use_own_buttons(items)


@hooks.register("register_log_actions", order=AFTER_WAGTAIL)
def register_approval_formatter(actions: LogActionRegistry) -> None:
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
    """Close Wagtail's previews of any size: only its URL generator, which the portal does not offer, needs them."""
    return [path("images/<int:image_id>/preview/<str:filter_spec>/", _not_found)]


def _not_found(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
