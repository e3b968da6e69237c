"""The search page: a question in, its answer shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.answer import answer
from search.asked import question_of
from search.page import search_context


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The page; htmx takes from it what an answer changes."""
    question, notices = question_of(request)
    return render(request, "pages/search.html", search_context(answer(question, notices)))
