"""Hooks of collections: the practice chooser and a panel on the admin's home page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from curation.choosers import PracticeChooser, practice_chooser
from curation.models import CollectionItem


class NotPublicHomePanel(Component):
    """Picked practices that are no longer public, in published collections that the user may edit."""

    name = "collections_not_public"
    template_name = "curation/not_public_home_panel.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        user = parent_context["request"].user
        editable = page_permission_policy.instances_user_has_permission_for(user, "change")
        return {"items": CollectionItem.objects.not_public().in_collections(editable)}


@hooks.register("register_admin_viewset")
def register_practice_chooser() -> PracticeChooser:
    return practice_chooser


@hooks.register("construct_homepage_panels")
def tell_of_practices_no_longer_public(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(NotPublicHomePanel())
