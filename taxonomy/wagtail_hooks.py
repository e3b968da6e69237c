"""Vocabularies in the admin, for the secretariat."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Synonym, Term, Theme
from taxonomy.views import TermBulkDelete, TermDeleteView, TermEditView, TermUsageView

AFTER_WAGTAIL = 100
# Characters of a URL that are taken into the form of a synonym.
LONGEST_WORDS = 200


def _viewset(term: type[Term], icon_name: str) -> type[SnippetViewSet]:
    return type(
        f"{term.__name__}ViewSet",
        (SnippetViewSet,),
        {
            "model": term,
            "icon": icon_name,
            "list_display": ["code", "name_en", "name_ru", "position"],
            "ordering": ["position", "code"],
            "list_per_page": 50,
            "edit_view_class": TermEditView,
            "usage_view_class": TermUsageView,
            "delete_view_class": TermDeleteView,
            "delete_template_name": "taxonomy/admin/confirm_delete.html",
        },
    )


class SynonymAddView(CreateView):
    def get_initial_form_instance(self) -> Synonym:
        """Return a synonym with the words of the URL, such as those that readers searched for in vain."""
        return Synonym(words=self.request.GET.get("words", "")[:LONGEST_WORDS])


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    add_view_class = SynonymAddView
    icon = "resubmit"
    list_display = ["__str__", "also"]
    # By the database: a shipped list is loaded in bulk and is in no index, and part of a word should be found too.
    search_backend_name = None
    search_fields = ["words", "also"]
    ordering = ["words"]
    list_per_page = 50


class VocabulariesGroup(SnippetViewSetGroup):
    menu_label = _("Vocabularies")
    menu_icon = "list-ul"
    menu_order = 300
    items = (
        _viewset(Theme, "folder-open-1"),
        _viewset(Country, "globe"),
        _viewset(SDG, "site"),
        _viewset(Beneficiary, "group"),
        _viewset(PracticeType, "tag"),
        SynonymViewSet,
    )


register_snippet(VocabulariesGroup)
hooks.register("register_bulk_action", TermBulkDelete, order=AFTER_WAGTAIL)
