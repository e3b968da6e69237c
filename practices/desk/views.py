"""The pages of the desk: the list, its export, and the saving and deleting of views."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import NullIf
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Table
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import page_permission_policy

from core.i18n import active_language
from core.spreadsheets import as_csv, as_xlsx
from core.users import AnyUser
from practices.desk import act_views
from practices.desk.act_views import may_act
from practices.desk.acts import ACTS
from practices.desk.filters import DeskFilterSet
from practices.desk.named_views import MOST_VIEWS, named_views, save_view, view_query
from practices.desk.querysets import desk_practices, searched
from practices.desk.rows import iterate_rows, rows
from practices.desk.states import State
from practices.desk.table import screen_columns, sheet_columns, sheet_title
from practices.models import DeskView, PracticePage

NAME = "practices_desk"
NEEDED = "change"
# Sort key of a column -> what is sorted by.
ORDERINGS: dict[str, Any] = {
    "title": F("shown_title"),
    "country": F("section_country"),
    "status": Case(*(When(state=state, then=Value(rank)) for rank, state in enumerate(State))),
    "since": F("since"),
    "evidence": NullIf(F("evidence"), Value("")),
    "type": F("type_name"),
    "verified": F("verified"),
}


class DeskListView(IndexView):
    """All practices that the person may edit. `export` in the query gives the whole filtered list as a file."""

    any_permission_required = {NEEDED}
    page_title = pgettext_lazy("desk", "Practices")
    template_name = "practices/admin/desk/list.html"
    results_template_name = "practices/admin/desk/list_results.html"
    default_ordering = "title"
    table_class = Table
    show_export_buttons = True

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return screen_columns(with_checkboxes=may_act(self.request.user))

    @cached_property
    def verbose_name_plural(self) -> str:
        return str(PracticePage._meta.verbose_name_plural)

    def get_base_queryset(self) -> QuerySet[Any]:
        return desk_practices(self.request.user, active_language())

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Find words of the title, in any language and in drafts."""
        return searched(queryset, self.search_query, self.request.user) if self.is_searching else queryset

    def get_ordering(self) -> str:
        ordering = self.request.GET.get("ordering", self.default_ordering)
        return ordering if ordering in self.get_valid_orderings() else self.default_ordering

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Sort by the column, practices without a value last either way; those that are equal by title."""
        name = self.ordering.removeprefix("-")
        expression = ORDERINGS.get(name) or F(name)
        downwards = self.ordering.startswith("-")
        first = expression.desc(nulls_last=True) if downwards else expression.asc(nulls_last=True)
        return queryset.order_by(first, "shown_title", "pk")

    def get_table(self, object_list: Sequence[PracticePage]) -> Table:
        return super().get_table(rows(object_list, self.request.user, active_language()))

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"ordering": self.ordering, "classname": self.table_classname, "base_url": self.index_url}

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        query = view_query(self.request.GET)
        return super().get_context_data(**kwargs) | {
            "named_views": named_views(self.request.user, self.request.GET),
            "view_query": query,
            "acts": ACTS.values() if may_act(self.request.user) else [],
        }

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        columns = sheet_columns()
        headings = [str(column.heading) for column in columns]
        practices = iterate_rows(queryset.iterator(), self.request.user, active_language())
        cells = ([column.cell(row) for column in columns] for row in practices)
        if spreadsheet_format == self.FORMAT_XLSX:
            file = as_xlsx(headings, cells, sheet_title())
            return FileResponse(file, as_attachment=True, filename="practices.xlsx")
        response = StreamingHttpResponse(as_csv(headings, cells), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="practices.csv"'
        return response


class ViewForm(forms.ModelForm[DeskView]):
    query = forms.CharField(required=False, max_length=2000)

    class Meta:
        model = DeskView
        fields = ("name", "query")


def may_use_desk(user: AnyUser) -> bool:
    return bool(page_permission_policy.user_has_permission(user, NEEDED))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the filters and the order of the list as a view of this person."""
    if not may_use_desk(request.user):
        raise PermissionDenied
    form = ViewForm(request.POST)
    own = DeskView.objects.filter(owner_id=request.user.pk)
    query = QueryDict(request.POST.get("query", ""))
    if not form.is_valid():
        messages.error(request, _("Nothing was saved: give the view a name of at most 60 characters."))
    elif own.count() >= MOST_VIEWS and not own.filter(name=form.cleaned_data["name"]).exists():
        messages.error(
            request,
            _("Nothing was saved: you have %(count)d views. Delete one first.") % {"count": MOST_VIEWS},
        )
    else:
        view = save_view(request.user, form.cleaned_data["name"], query)
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(f"{reverse(f'{NAME}:index')}?{view_query(query)}")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(DeskView, pk=pk, owner=request.user)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(f"{NAME}:index")


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_use_desk(request.user)


class DeskViewSet(PageListingViewSet):
    model = PracticePage
    index_view_class = DeskListView
    filterset_class = DeskFilterSet
    columns = PageListingViewSet.UNDEFINED
    url_prefix = "practices/desk"
    icon = "form"
    menu_label = pgettext_lazy("desk", "Practices")
    menu_name = "practices-desk"
    menu_order = 110  # after Wagtail's page tree
    menu_item_class = DeskMenuItem
    add_to_admin_menu = True

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        """Leave out the button that adds a page: a practice begins in its section, where its language is chosen."""
        return super().get_common_view_kwargs(**{"add_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("act/", act_views.start, name="start_act"),
            path("acts/<int:pk>/", act_views.show, name="act"),
            path("views/save/", save, name="save_view"),
            path("views/<int:pk>/delete/", delete, name="delete_view"),
        ]


desk_viewset = DeskViewSet(NAME)
