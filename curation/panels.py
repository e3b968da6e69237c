"""What the curator is told on top of the editor: what of the collection readers can no longer see."""

from collections.abc import Mapping

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.models import Page

from search.stored_queries import problem, understood


class OriginalPanel(Panel):
    """For a translation: what it takes from its original."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "curation/original_panel.html"

        def is_shown(self) -> bool:
            return bool(self.form is not None and self.form.original)

        def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
            original = self.form.original
            editable = original.permissions_for_user(self.request.user).can_edit()
            return super().get_context_data(parent_context) | {"original": original, "editable": editable}


class NotSeenPanel(Panel):
    """Shown as long as there is something to tell."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "curation/not_seen_panel.html"

        @cached_property
        def not_public(self) -> list[Page]:
            return self.instance.items_not_public() if self.instance.pk else []

        @cached_property
        def problems(self) -> list[str]:
            return [problem(notice) for notice in understood(self.instance.question)[1]]

        def is_shown(self) -> bool:
            return bool(self.not_public or self.problems)

        def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
            return {
                **super().get_context_data(parent_context),
                "items": self.not_public,
                "problems": self.problems,
            }
