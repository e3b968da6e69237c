"""The search page: a question in, its answer shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from search.page import WITHOUT, search_context, search_url
from search.request_parsing import question_from_request
from search.results import results_for


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The page; htmx takes from it what an answer changes. A chip's button leads on to the address without its filter."""
    question, notices = question_from_request(request, WITHOUT)
    if WITHOUT in request.GET:
        for pressed in request.GET.getlist(WITHOUT):
            facet, _, dropped = pressed.partition(":")
            question = question.with_values(facet, [v for v in question.values(facet) if v != dropped])
        return redirect(search_url(question))
    return render(request, "pages/search.html", search_context(results_for(question, notices)))
