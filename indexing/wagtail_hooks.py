"""The index in Wagtail's admin: the snippet for withdrawn pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets import AdminPageChooser
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from indexing.kinds import searchable_models
from indexing.models import Withdrawal


class FindablePageChooserPanel(PageChooserPanel):
    """A chooser for pages of the registered kinds, which are complete only when all apps are ready."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        widget = AdminPageChooser(target_models=list(searchable_models()))
        return options | {"widgets": options.get("widgets", {}) | {self.field_name: widget}}


class WithdrawalViewSet(SnippetViewSet):
    """The admin of withdrawn pages and their replacements, for the secretariat."""

    model = Withdrawal
    icon = "bin"
    menu_order = 650
    add_to_admin_menu = True
    # Unchanged from when only practices could be withdrawn: users have bookmarked these URLs.
    base_url_path = "snippets/practices/withdrawal"
    chooser_base_url_path = "snippets/choose/practices/withdrawal"
    list_display = ["__str__", "replaced_by", BooleanColumn("merged", label=_("Merged into it"))]
    panels = [
        FindablePageChooserPanel("page"),
        FindablePageChooserPanel("replaced_by"),
        FieldPanel("merged"),
        FieldPanel("reason_en"),
        FieldPanel("reason_ru"),
    ]


register_snippet(WithdrawalViewSet)
