"""Search in Wagtail's admin: a report for administrators, with a button that starts a check."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from accounts.permissions import runs_the_portal
from core.jobs import enqueue
from search.report import gather

TITLE = pgettext_lazy("report", "Search")
SECONDS_TO_RELOAD = 3
ORDER = 1300  # after Wagtail's own reports


class SearchReportView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "search/admin/report.html"
    page_title = TITLE
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(report=gather(), **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: object) -> HttpResponse:
        """Reload the page every few seconds while a check is in progress, without scripts."""
        response = super().render_to_response(context, **kwargs)
        if context["report"].checking:
            response["Refresh"] = str(SECONDS_TO_RELOAD)
        return response


@require_POST
def check_now(request: HttpRequest) -> HttpResponse:
    """Queue a check of all records; the report shows its progress and outcome."""
    enqueue("indexing.check")
    messages.success(request, _("The check has started. Its progress and outcome are shown below."))
    return redirect("search_admin:report")


allowed = user_passes_test(runs_the_portal)
admin_urls = [
    path("", allowed(SearchReportView.as_view()), name="report"),
    path("check/", allowed(check_now), name="check"),
]


class SearchReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return runs_the_portal(request.user)


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLResolver]:
    return [path("reports/search/", include((admin_urls, "search_admin")))]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    return SearchReportItem(
        TITLE, reverse("search_admin:report"), name="search", icon_name="search", order=ORDER
    )
