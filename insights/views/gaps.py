"""The gap matrix, as a page and as a table to take away."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.alternates import same_address
from exports.tables import BYTE_ORDER_MARK, csv_lines
from insights.gaps import PARTED_BY, matrix, table
from search.labels import FACET_LABELS, labels
from search.messages import message_for
from search.page import search_url
from search.question import Notice, Question
from search.request_parsing import question_from_request


@require_safe
def gaps_page(request: HttpRequest) -> HttpResponse:
    """Countries by themes, of what answers the question of the address; `by` is status or evidence."""
    question, by, notices = _asked(request)
    query = request.GET.urlencode()
    context = {
        "matrix": matrix(question, by),
        "by": by,
        "choices": [
            {
                "name": facet,
                "label": FACET_LABELS[facet],
                "values": [
                    {"value": code, "label": label, "selected": code in question.values(facet)}
                    for code, label in labels(question.lang)[facet].items()
                ],
                "selected": by == facet,
            }
            for facet in PARTED_BY
        ],
        "notices": [message_for(notice) for notice in notices],
        "question": question,
        "search_url": search_url(question),
        "download_url": f"{reverse('insights:gaps-csv')}{f'?{query}' if query else ''}",
        "alternates": same_address(request.get_full_path(), exists=True),
    }
    return render(request, "pages/gaps.html", context)


@require_safe
def gaps_csv(request: HttpRequest) -> HttpResponse:
    """The counts as CSV, in the reader's language with the codes."""
    question, _, _ = _asked(request)
    rows = table(matrix(question), gettext("Theme"))
    return HttpResponse(
        [BYTE_ORDER_MARK, *csv_lines(rows)],
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="speca-gaps.csv"'},
    )


def _asked(request: HttpRequest) -> tuple[Question, str, list[Notice]]:
    """The question, what to take the counts apart by, and what was not understood."""
    question, notices = question_from_request(request, "by")
    by = request.GET.get("by", "")
    return replace(question, page=1, sort=""), by if by in PARTED_BY else "", notices
