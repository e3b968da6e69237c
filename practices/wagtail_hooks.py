"""Practices in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from accounts.fact_changes import CHANGE_FACT
from core.copying import may_be_alias
from core.users import AnyUser
from practices.bulk_actions import refuse_incomplete
from practices.desk.views import DeskViewSet, desk_viewset
from practices.home_panels import TranslationsBehindPanel
from practices.known_organisations import known_organisations
from practices.localize import (
    CONVERT_TO_ALIAS,
    RESTARTS,
    check_edit,
    guarded_urls,
    replace_translation_buttons,
)
from practices.models import PracticePage
from practices.review_links import admin_urls
from practices.titles import title_has_no_translation

# Of two equal addresses the first is taken, of the hooks before an edit the first that answers.
BEFORE_LOCALIZE = -1

replace_translation_buttons()


@hooks.register("register_admin_urls", order=BEFORE_LOCALIZE)
def register_practice_urls() -> list[URLPattern | URLResolver]:
    return [
        path("localize/", include(guarded_urls())),
        path("practices/", include((admin_urls, "practices_admin"))),
        path("organisations/", known_organisations, name="known_organisations"),
    ]


@hooks.register("register_admin_viewset")
def register_desk() -> DeskViewSet:
    return desk_viewset


@hooks.register("register_log_actions")
def register_fact_change(actions: LogActionRegistry) -> None:
    actions.register_action(
        CHANGE_FACT,
        gettext_lazy("Change a fact in many practices"),
        gettext_lazy("Fact changed in the list of practices"),
    )


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE)
def check_translation_permission(request: HttpRequest, page: Page) -> HttpResponse | None:
    check_edit(request, page)
    if request.POST.get("action") == "publish" and title_has_no_translation(page):
        messages.error(request, _("Nothing was published: the title is not translated yet."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def block_incomplete_bulk_publish(
    request: HttpRequest, kind: str, objects: list[Page], action: object
) -> HttpResponse | None:
    return refuse_incomplete(request, kind, objects, action)


@hooks.register("construct_page_action_menu")
def remove_localize_buttons(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]
) -> None:
    page = context.get("page")
    if isinstance(page, PracticePage):
        items[:] = [item for item in items if item.name not in RESTARTS]
    elif page and not may_be_alias(type(page)):
        items[:] = [item for item in items if item.name != CONVERT_TO_ALIAS]


@hooks.register("construct_page_action_menu")
def hide_publish_button_in_review(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Hide Wagtail's "Publish" during a review: it would cancel the review without notifying the author."""
    page = context.get("page")
    if page and page.workflow_in_progress:
        items[:] = [item for item in items if item.name != "action-publish"]


@hooks.register("register_page_header_buttons")
def review_link_button(
    page: Page, user: AnyUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.specific_class is PracticePage and page.permissions_for_user(user).can_edit():
        address = reverse("practices_admin:review_links", args=(page.pk,))
        yield Button(_("Links for reviewers"), address, icon_name="link", priority=70)


@hooks.register("construct_homepage_panels")
def tell_of_translations_behind(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(TranslationsBehindPanel())


@hooks.register("insert_editor_js")
def suggest_organisations() -> SafeString:
    address = reverse("known_organisations")
    return format_html(
        '<script src="{}" data-address="{}" defer></script>', static("js/organisations.js"), address
    )


@hooks.register("insert_global_admin_css")
def editor_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/practice_editor.css"))
