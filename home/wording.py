"""Correct texts of Wagtail's admin that translation catalogues do not reach (docs/decisions/wording-of-wagtail.md).

Wagtail translates some at import, so into English for everybody, and builds others from field names, or from a number and a
plural, which is wrong in Russian for most numbers.
"""

from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.views import IndexView as RedirectsView
from wagtail.images.forms import GroupImagePermissionFormSet, ImageInsertionForm
from wagtail.models import Collection, Page, Site
from wagtail.sites.views import IndexView as SitesView
from wagtail.snippets.views.snippets import SnippetViewSet

capfirst_lazy = lazy(capfirst, str)


def make_wagtail_labels_lazy() -> None:
    """Replace labels that were translated at import by lazy translations."""
    for name, text in list(vars(ChooserViewSet).items()):
        if name.endswith(("_text", "_label")):
            setattr(ChooserViewSet, name, _lazy(text))
    for field in ImageInsertionForm.base_fields.values():
        field.label = _lazy(field.label)
    for item in RedirectsReportFilterSet.base_filters.values():
        item._label = _lazy(item._label)
        item.extra |= {name: _lazy(text) for name, text in item.extra.items() if name == "empty_label"}
        if "choices" in item.extra:
            item.extra["choices"] = tuple((value, _lazy(text)) for value, text in item.extra["choices"])
    RedirectsView.export_headings = {
        name: _lazy(text) for name, text in RedirectsView.export_headings.items()
    }
    # Its labels are created once, with the URLs, in the language of the first request.
    crumbs = SnippetViewSet.breadcrumbs_items.fget
    SnippetViewSet.breadcrumbs_items = property(lambda viewset: _snippet_crumbs(crumbs, viewset))
    for formset in (GroupCollectionManagementPermissionFormSet, GroupImagePermissionFormSet):
        # Changed in place, since the form field refers to the same list.
        formset.permission_types[:] = [
            (code, _lazy(short), _lazy(long)) for code, short, long in formset.permission_types
        ]


def _snippet_crumbs(crumbs: Any, viewset: object) -> list[dict[str, object]]:
    home, *rest = crumbs(viewset)
    return [home | {"label": gettext_lazy("Home")}, *rest]


def name_columns() -> None:
    """Label the columns of sites like their fields, and show counts without a plural form."""
    for column in SitesView.columns:
        if isinstance(column.label, str):
            column.label = capfirst_lazy(Site._meta.get_field(column.name).verbose_name)
    WagtailPaginator.items_count_label = property(_counted)


def name_roots() -> None:
    """Show translated names for the root page and the root collection, which are stored as "Root"."""
    of_page = Page.get_admin_display_title

    def display_title(page: Page) -> str:
        return gettext("All sites") if page.depth == 1 else of_page(page)

    Page.get_admin_display_title = display_title

    indented_name = Collection.get_indented_name

    def indented(collection: Collection, *args: object, **kwargs: Any) -> Any:
        return gettext("All files") if collection.depth == 1 else indented_name(collection, *args, **kwargs)

    Collection.get_indented_name = indented


def _counted(paginator: Any) -> str:
    return gettext("in all: %(number)s") % {"number": paginator.count}


def _lazy(text: object) -> Any:
    """Return a lazy translation of `text`, whose English form is the message id; other values unchanged."""
    return gettext_lazy(text) if text and isinstance(text, str) else text
