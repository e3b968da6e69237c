"""The panel of practices on the home page of the admin."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from practices.models import PracticePage
from practices.querysets import OUTDATED
from practices.translations import label

MAX_PAGES = 20


class TranslationsBehindPanel(Component):
    """The outdated translations that the user may edit."""

    name = "translations_behind"
    template_name = "practices/admin/behind_home_panel.html"
    order = 140

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, object]:
        user = parent_context["request"].user
        editable = page_permission_policy.instances_user_has_permission_for(user, "change")
        pages = PracticePage.objects.outdated().filter(pk__in=editable.values("pk")).select_related("locale")
        newest = list(pages.order_by("-latest_revision_created_at", "pk")[: MAX_PAGES + 1])
        rows = [
            {"page": page, "parts": [label(page, name) for name in page.source_fingerprints[OUTDATED]]}
            for page in newest[:MAX_PAGES]
        ]
        return {"rows": rows, "more": len(newest) > MAX_PAGES}
