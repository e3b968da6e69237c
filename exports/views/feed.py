"""The Atom feed of a query."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exports.feed import PracticesFeed, feed
from search.request_parsing import query_from_request


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """Return the feed; invalid parameters are ignored, as on the search page."""
    query, _ = query_from_request(request)
    return HttpResponse(feed(query), content_type=PracticesFeed.content_type)
