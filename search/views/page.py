"""The search page: a question in, its answer shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.answer import answer
from search.page import search_context
from search.question import parse
from search.vocabulary import known


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The page; htmx takes from it what an answer changes."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    question, notices = parse(pairs, known(), lang=get_language() or "en")
    return render(request, "pages/search.html", search_context(answer(question, notices)))
