"""The search page: a query in, its answer shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from search.page import WITHOUT, search_context, search_url
from search.request_parsing import query_from_request
from search.results import results_for


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The page; htmx takes from it what an answer changes. A chip's button leads on to the address without its filter."""
    query, notices = query_from_request(request, WITHOUT)
    if WITHOUT in request.GET:
        for pressed in request.GET.getlist(WITHOUT):
            facet, _, dropped = pressed.partition(":")
            query = query.with_values(facet, [v for v in query.values(facet) if v != dropped])
        return redirect(search_url(query))
    return render(request, "pages/search.html", search_context(results_for(query, notices)))
