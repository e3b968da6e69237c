"""Middleware that rejects malformed and unsupported requests."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from portal.errors import bad_request

LONGEST_ADDRESS = 4096
MOST_FIELDS = 1000
SAFE = ("GET", "HEAD", "OPTIONS")
# Prefixes of the names of views that accept no form (tests/portal/test_read_only.py checks all others).
READ_ONLY = (
    "wagtail_serve", "wagtaildocs_serve", "search:", "exports:", "insights:", "permanent", "sitemap", "robots", "media",
    "document", "api_docs", "api:api-root",
    "enquiries:contact-sent", "enquiries:report-sent", "enquiries:adopted-sent", "enquiries:former-sent-",
    "practices:review", "alerts:asked",
)  # fmt: skip


class ContentLengthMiddleware:
    """Set Content-Length of every response that is not streamed, those of middleware outside Django's CommonMiddleware too:
    the server would send a chunk instead and close the connection."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and response.status_code not in (204, 304):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response


class CleanRequestMiddleware:
    """Answer 400 to URLs over 4 kB, queries of 1,000 fields and paths with control characters, which databases reject."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        too_much = len(request.path) + len(query) > LONGEST_ADDRESS or query.count("&") >= MOST_FIELDS
        if too_much or any(ord(c) < 32 or ord(c) == 127 for c in request.path):
            return bad_request(request)
        return self.get_response(request)


class ReadOnlyMiddleware:
    """Answer 405 for views that accept no form, before the CSRF check would answer 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method in SAFE or not name.startswith(READ_ONLY):
            return None
        return HttpResponseNotAllowed(["GET", "HEAD"])
