"""The feed of a query: the page's query, answered by what is new."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exports.feed import PracticesFeed, feed
from search.request_parsing import query_from_request


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """What is not understood is left out, as on the page."""
    query, _ = query_from_request(request)
    return HttpResponse(feed(query), content_type=PracticesFeed.content_type)
