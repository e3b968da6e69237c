"""What the server may hand us but no view should see."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

LONGEST_ADDRESS = 4096
MOST_FIELDS = 1000


class CleanRequestMiddleware:
    """Refuses, with 400, an address over 4 kB or 1,000 fields, and a path with NUL or control characters, which no database
    accepts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        too_much = len(request.path) + len(query) > LONGEST_ADDRESS or query.count("&") >= MOST_FIELDS
        if too_much or any(ord(c) < 32 or ord(c) == 127 for c in request.path):
            return HttpResponseBadRequest("Bad Request", content_type="text/plain; charset=utf-8")
        return self.get_response(request)
