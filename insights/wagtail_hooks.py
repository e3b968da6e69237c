"""The report on use in Wagtail's admin, for the secretariat and administrators: a page with charts, and two CSV files."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.auth import user_passes_test
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from accounts.permissions import runs_the_portal
from core.i18n import active_language
from core.language_codes import LANGUAGE_CODES
from core.spreadsheets import BYTE_ORDER_MARK, csv_lines
from insights import usage_figures
from insights.hidden_texts import front_page_texts, set_hidden
from insights.searched_texts import text_rows, unmet_searches, untranslated
from insights.usage_figures import PERIODS, Selection
from search.labels import labels
from usage.models import DAYS_UNTIL_SHOWN, RETENTION, SearchedText, local_today

TITLE = pgettext_lazy("report", "Use of the portal")
ORDER = 1310  # after the report on the search


def _selection(request: HttpRequest) -> Selection:
    """Return what the URL asks for; what it cannot ask for is left out."""
    days, language, country = (request.GET.get(name, "") for name in ("days", "language", "country"))
    return Selection(
        days=int(days) if days in map(str, PERIODS) else PERIODS[1],
        last=local_today(),
        language=language if language in LANGUAGE_CODES else "",
        country=country if country in labels("en")["country"] else "",
    )


class UsageReportView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "insights/admin/usage.html"
    page_title = TITLE
    header_icon = "view"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        selection, language = _selection(self.request), active_language()
        facet_labels = labels(language)
        return super().get_context_data(
            selection=selection,
            periods=PERIODS,
            languages=settings.LANGUAGES,
            countries=sorted(facet_labels["country"].items(), key=lambda pair: pair[1]),
            totals=usage_figures.totals(selection),
            charts=usage_figures.charts(selection),
            tables=[
                (_("By language"), _("Language"), usage_figures.by_language(selection)),
                (
                    _("By country of the practice"),
                    _("Country"),
                    usage_figures.by_country(selection, facet_labels),
                ),
            ],
            most_read=usage_figures.most_read(selection, language),
            lists=[
                (_("Filters used"), _("Filter"), usage_figures.filters(selection, facet_labels)),
                (_("Files by format"), _("Format"), usage_figures.files(selection)),
            ],
            unmet=unmet_searches(selection.language),
            popular=SearchedText.objects.in_language(selection.language).shown(limit=usage_figures.MOST_ROWS),
            untranslated=untranslated(language),
            front_page_texts=front_page_texts(),
            days_until_shown=DAYS_UNTIL_SHOWN,
            days_kept=RETENTION.days,
            query_string=self.request.GET.urlencode(),
            **kwargs,
        )


@require_safe
def counts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Return every count of the selection as a file."""
    return _csv(usage_figures.export_rows(_selection(request), active_language()), "use")


@require_safe
def searches_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Return the search texts that may be shown as a file."""
    return _csv(text_rows(_selection(request).language), "searches")


def _csv(rows: Iterable[Sequence[str | int]], name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        chain([BYTE_ORDER_MARK], csv_lines(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="speca-{name}-{local_today()}.csv"'},
    )


allowed = user_passes_test(runs_the_portal)
admin_urls = [
    path("", allowed(UsageReportView.as_view()), name="report"),
    path("counts.csv", allowed(counts_csv), name="counts"),
    path("searches.csv", allowed(searches_csv), name="searches"),
    path("hidden/", allowed(set_hidden), name="hidden"),
]


class UsageReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return runs_the_portal(request.user)


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLResolver]:
    return [path("reports/usage/", include((admin_urls, "usage_admin")))]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    return UsageReportItem(TITLE, reverse("usage_admin:report"), name="usage", icon_name="view", order=ORDER)
