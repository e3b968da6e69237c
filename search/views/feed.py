"""The feed of a question: the page's question, answered by what is new."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.feed import PracticesFeed, feed
from search.question import parse
from search.vocabulary import known


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """What is not understood is left out, as on the page."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    question, _ = parse(pairs, known(), lang=get_language() or "en")
    return HttpResponse(feed(question), content_type=PracticesFeed.content_type)
