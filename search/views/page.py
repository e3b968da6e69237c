"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from search.page import (
    CORRECT_PARAMETER,
    REMOVE_FILTER_PARAMETER,
    search_context,
    search_url,
    without_filter,
)
from search.request_parsing import query_from_request
from search.results import corrected_results, results_for
from usage.visits import mark_found


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Render the page; htmx swaps in the parts that change. The button of a chip redirects to the URL without its filter."""
    query, notices = query_from_request(request, REMOVE_FILTER_PARAMETER, CORRECT_PARAMETER)
    literal = request.GET.get(CORRECT_PARAMETER) == "0"
    if REMOVE_FILTER_PARAMETER in request.GET:
        for pressed in request.GET.getlist(REMOVE_FILTER_PARAMETER):
            facet, _, dropped = pressed.partition(":")
            query = without_filter(query, facet, dropped)
        return redirect(search_url(query, literal=literal))
    results = (results_for if literal else corrected_results)(query, notices)
    response = render(request, "pages/search.html", search_context(results, literal=literal))
    mark_found(response, results.total > 0)
    return response
