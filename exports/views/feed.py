"""The feed of a question: the page's question, answered by what is new."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exports.feed import PracticesFeed, feed
from search.request_parsing import question_from_request


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """What is not understood is left out, as on the page."""
    question, _ = question_from_request(request)
    return HttpResponse(feed(question), content_type=PracticesFeed.content_type)
