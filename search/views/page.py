"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from search.page import REMOVE_FILTER_PARAMETER, search_context, search_url
from search.request_parsing import query_from_request
from search.results import results_for


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Render the page; htmx swaps in the parts that change. The button of a chip redirects to the URL without its filter."""
    query, notices = query_from_request(request, REMOVE_FILTER_PARAMETER)
    if REMOVE_FILTER_PARAMETER in request.GET:
        for pressed in request.GET.getlist(REMOVE_FILTER_PARAMETER):
            facet, _, dropped = pressed.partition(":")
            query = query.with_values(facet, [v for v in query.values(facet) if v != dropped])
        return redirect(search_url(query))
    return render(request, "pages/search.html", search_context(results_for(query, notices)))
