"""The gap matrix, as a page and as a table to take away."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.alternates import same_address
from exports.tables import BYTE_ORDER_MARK, csv_lines
from indexing.facets import FACETS
from insights.gaps import PARTED_BY, matrix, table
from insights.practices import of_practices
from search.labels import labels
from search.messages import message_for
from search.page import search_url
from search.query import Notice, Query
from search.request_parsing import query_from_request


@require_safe
def gaps_page(request: HttpRequest) -> HttpResponse:
    """Countries by themes, of the practices that answer the query of the address; `by` is status or evidence."""
    query, by, notices = _asked(request)
    query_string = request.GET.urlencode()
    context = {
        "matrix": matrix(query, by),
        "by": by,
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
            for facet in PARTED_BY
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
    """The counts as CSV, in the reader's language with the codes."""
    query, _, _ = _asked(request)
    rows = table(matrix(query), gettext("Theme"))
    return HttpResponse(
        [BYTE_ORDER_MARK, *csv_lines(rows)],
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="speca-gaps.csv"'},
    )


def _asked(request: HttpRequest) -> tuple[Query, str, list[Notice]]:
    """The query less its kinds, what to take the counts apart by, and what was not understood."""
    query, notices = query_from_request(request, "by")
    query = query.with_values("kind", [])
    by = request.GET.get("by", "")
    return replace(query, page=1, sort=""), by if by in PARTED_BY else "", notices
