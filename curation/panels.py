"""Panels at the top of the collection editor."""

from collections.abc import Mapping

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.models import Page

from search.messages import problem_message
from search.stored_queries import correction_of, parse_stored_query, stored_query_keys


class OriginalPanel(Panel):
    """A notice in a translation about the fields that come from its original."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "curation/original_panel.html"

        def is_shown(self) -> bool:
            return bool(self.form is not None and self.form.original)

        def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
            original = self.form.original
            editable = original.permissions_for_user(self.request.user).can_edit()
            return super().get_context_data(parent_context) | {"original": original, "editable": editable}


class HiddenPracticesPanel(Panel):
    """A warning about picked practices that are not public and about a query that is invalid or finds nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "curation/not_seen_panel.html"

        @cached_property
        def not_public(self) -> list[Page]:
            return self.instance.items_not_public() if self.instance.pk else []

        @cached_property
        def problems(self) -> list[str]:
            return [problem_message(notice) for notice in parse_stored_query(self.instance.question)[1]]

        @cached_property
        def finds_nothing(self) -> bool:
            stored = self.instance.question
            return bool(stored and not self.problems and not stored_query_keys(stored, self.language))

        @cached_property
        def correction(self) -> str | None:
            stored = self.instance.question
            return correction_of(parse_stored_query(stored)[0]) if self.finds_nothing else None

        @property
        def language(self) -> str:
            return self.instance.locale.language_code

        def is_shown(self) -> bool:
            return bool(self.not_public or self.problems or self.finds_nothing)

        def get_context_data(self, parent_context: Mapping[str, object] | None = None) -> dict[str, object]:
            return {
                **super().get_context_data(parent_context),
                "items": self.not_public,
                "problems": self.problems,
                "finds_nothing": self.finds_nothing,
                "correction": self.correction,
            }
