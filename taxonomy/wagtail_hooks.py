"""Vocabularies in the admin, for the secretariat."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Term, Theme


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
        },
    )


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
    )


register_snippet(VocabulariesGroup)
