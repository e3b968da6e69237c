"""Note the pages that readers are shown, outside the page cache, so that its answers count too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.language_codes import LANGUAGE_CODES
from usage.bots import is_bot
from usage.counting import is_a_readers
from usage.memory import Visit, memory
from usage.visits import FOUND_HEADER, is_counted
from usage.writer import start_writer

WITH_LANGUAGE = tuple(f"/{code}/" for code in LANGUAGE_CODES)
# Shown, or unchanged since the browser was last shown it.
SHOWN = (200, 304)


class UsageMiddleware:
    """Count what is read without an account; authors and the secretariat look at their own pages all day.

    A request costs some microseconds: what the URL means is found out by the writer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        found = response.headers.get(FOUND_HEADER)
        if found is not None:
            del response.headers[FOUND_HEADER]
        if request.method == "GET" and response.status_code in SHOWN and _may_count(request):
            meta = request.META
            by_bot = is_bot(meta.get("HTTP_USER_AGENT", ""))
            known = None if found is None else found == "1"
            memory.see(Visit(request.path_info, meta.get("QUERY_STRING", ""), known, by_bot))
            start_writer()
        return response


def _may_count(request: HttpRequest) -> bool:
    match = request.resolver_match  # None where the page cache has answered
    is_page = is_counted(match.view_name) if match else request.path_info.startswith(WITH_LANGUAGE)
    return is_page and is_a_readers(request)
