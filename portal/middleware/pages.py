"""Anonymous pages from memory, or as 304: kept under the content version, so that one public change makes all of them old.

This works because a public page holds nothing of the person who asks: no token, no name. Whatever does is no-store.
"""

import re
from collections.abc import Callable
from datetime import date
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import has_vary_header
from django.utils.http import parse_etags

from core.versions import current_version
from search.engines import engine

PRIVATE_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}
NEVER = ("/admin/", "/documents/", settings.STATIC_URL, settings.MEDIA_URL)
# Those that are accepted: `;q=0` refuses one.
ENCODING = re.compile(r"\b(?:br|zstd|gzip)\b(?!\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$))")
LARGEST = 1_000_000


class AnonymousPageCacheMiddleware:
    """Stands before everything that makes or compresses a page; each encoding is kept as it was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_anonymous_read(request):
            return self.get_response(request)
        tag = _tag(request)
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "no-cache"})
        kept = caches["pages"].get(tag)
        if kept is None:
            absences = engine().absences
            response = self.get_response(request)
            # What became findable, or an engine that went away, while the page was made: it may be of either state.
            if not _may_be_kept(response) or _tag(request) != tag or engine().absences != absences:
                return response
            kept = (response.content, dict(response.headers) | {"ETag": tag, "Cache-Control": "no-cache"})
            caches["pages"].set(tag, kept)
        content, headers = kept
        return HttpResponse(content, headers=headers)


def _is_anonymous_read(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and not request.path.startswith(NEVER)
        and PRIVATE_COOKIES.isdisjoint(request.COOKIES)
    )


def _tag(request: HttpRequest) -> str:
    """The entity tag: what the page depends on. The day is in it, since pages say what is overdue."""
    encoding = ENCODING.findall(request.headers.get("Accept-Encoding", ""))
    asked = f"{request.scheme} {request.get_host()} {request.get_full_path()} {encoding} {date.today()}"
    return f'W/"{current_version()}-{engine().state()}-{blake2b(asked.encode(), digest_size=12).hexdigest()}"'


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "private" not in response.headers.get("Cache-Control", "")
        and not has_vary_header(response, "Accept-Language")
        and len(response.content) <= LARGEST
    )
