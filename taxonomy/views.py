"""Admin views of terms: their uses, and deletion, which is refused with a list of uses while there are any."""

from typing import Any

from django.db.models import ProtectedError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.side_panels import SnippetStatusSidePanel
from wagtail.snippets.views import snippets

from core.users import AnyUser
from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Term, Theme
from taxonomy.uses import Use, Uses, VisibleUses, uses_of

# Number of uses on the page that refuses a deletion; the usage page has all.
LISTED = 20
NOT_DELETED = gettext_lazy("Nothing was deleted, because it is in use.")


def uses_context(uses: Uses, user: AnyUser) -> dict[str, object]:
    """Return the context of taxonomy/admin/uses.html.

    `listed` are the first uses that `user` may see, `more` is the number of further ones, `hidden_uses` counts those that
    the user may not see, by kind.
    """
    visible_uses = uses.visible_to(user)
    listed = visible_uses[:LISTED]
    return {"listed": listed, "more": len(visible_uses) - len(listed), "hidden_uses": uses.hidden_from(user)}


class TermUsageView(snippets.UsageView):
    results_template_name = "taxonomy/admin/usage_results.html"

    @cached_property
    def uses(self) -> Uses:
        return uses_of(self.object)

    def get_queryset(self) -> VisibleUses:
        return self.uses.visible_to(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=lambda use: use.url or None),
            Column("kind", label=_("Type"), accessor=lambda use: capfirst(use.kind)),
            Column("version", label=_("Where")),
        ]

    def get_table(self, object_list: list[Use], **kwargs: object) -> Any:
        return BaseListingView.get_table(self, object_list, **kwargs)

    def get_context_data(self, *args: object, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(*args, **kwargs)
        return context | {
            "uses_count": self.uses.count(),
            "hidden_uses": self.uses.hidden_from(self.request.user),
        }


class TermStatusPanel(SnippetStatusSidePanel):
    def get_usage_context(self) -> dict[str, object]:
        count = uses_of(self.object).count() if self.object.pk else 0
        return {"usage_count": count, "usage_url": self.usage_url}


class TermEditView(snippets.EditView):
    def get_side_panels(self) -> Any:
        """Return the side panels with the number of all uses, not only of those in Wagtail's reference index."""
        panels = super().get_side_panels()
        for panel in panels:
            if isinstance(
                panel, SnippetStatusSidePanel
            ):  # made inside Wagtail's method, which names the class
                panel.__class__ = TermStatusPanel
        return panels


class TermDeleteView(snippets.DeleteView):
    usage: Uses

    def get_usage(self) -> Uses:
        return uses_of(self.object)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Delete the term, or show the confirmation page again with the uses that prevent it."""
        if self.usage:
            return self._refused()
        try:
            return super().form_valid(form)
        except ProtectedError:  # used since the page was shown
            self.usage = self.get_usage()
            return self._refused()

    def _refused(self) -> HttpResponse:
        messages.error(self.request, NOT_DELETED)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**kwargs) | uses_context(self.usage, self.request.user)


class TermBulkDelete(DeleteBulkAction):
    models = [Theme, Country, SDG, Beneficiary, PracticeType]
    template_name = "taxonomy/admin/confirm_bulk_delete.html"

    def annotate_items(self, items: list[Term]) -> list[Term]:
        self.uses = {item.pk: uses_of(item) for item in items}
        self.is_protected = any(self.uses.values())
        return items

    def prepare_action(self, objects: list[Term], objects_without_access: object) -> HttpResponse | None:
        """Redirect back to the confirmation page, which lists the uses; Wagtail would redirect to the admin's home page."""
        if not self.is_protected:
            return None
        messages.error(self.request, NOT_DELETED)
        return redirect(self.request.get_full_path())

    def object_context(self, item: Term) -> dict[str, object]:
        context = SnippetBulkAction.object_context(self, item)
        uses = self.uses[item.pk]
        return context | {
            "usage_count": uses.count(),
            "usage_url": self.get_usage_url(item),
            "is_protected": bool(uses),
            **uses_context(uses, self.request.user),
        }
