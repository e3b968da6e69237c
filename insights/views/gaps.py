"""The gap matrix as a page and as a CSV file."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.alternates import same_address
from core.spreadsheets import BYTE_ORDER_MARK, csv_lines
from indexing.facets import FACETS
from insights.gaps import BREAKDOWN_FACETS, matrix, matrix_rows
from insights.practices import of_practices
from search.describe import describe_query
from search.labels import labels
from search.messages import message_for
from search.page import search_url
from search.query import Notice, Query
from search.request_parsing import query_from_request


@require_safe
def gaps_page(request: HttpRequest) -> HttpResponse:
    """Show countries by themes for the practices that match the query; `by` is status or evidence."""
    query, by, notices = _parse_request(request)
    query_string = request.GET.urlencode()
    context = {
        "matrix": matrix(query, by),
        "by": by,
        "described": " · ".join([describe_query(query), *([str(FACETS[by].label)] if by else [])]),
        "choices": [
            {
                "name": facet,
                "label": FACETS[facet].label,
                "values": [
                    {"value": code, "label": label, "selected": code in query.values(facet)}
                    for code, label in labels(query.lang)[facet].items()
                ],
                "selected": by == facet,
            }
            for facet in BREAKDOWN_FACETS
        ],
        "notices": [message_for(notice) for notice in notices],
        "query": query,
        "search_url": search_url(of_practices(query)),
        "download_url": f"{reverse('insights:gaps-csv')}{f'?{query_string}' if query_string else ''}",
        "alternates": same_address(request.get_full_path(), exists=True),
    }
    return render(request, "pages/gaps.html", context)


@require_safe
def gaps_csv(request: HttpRequest) -> HttpResponse:
    """Return the counts as CSV, with labels in the reader's language and codes."""
    query, _, _ = _parse_request(request)
    rows = matrix_rows(matrix(query), gettext("Theme"))
    return HttpResponse(
        [BYTE_ORDER_MARK, *csv_lines(rows)],
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="speca-gaps.csv"'},
    )


def _parse_request(request: HttpRequest) -> tuple[Query, str, list[Notice]]:
    """Return the query without kinds, the breakdown facet or "", and notices."""
    query, notices = query_from_request(request, "by")
    query = query.with_values("kind", [])
    by = request.GET.get("by", "")
    return replace(query, page=1, sort=""), by if by in BREAKDOWN_FACETS else "", notices
