"""Cache anonymous pages in memory and answer 304. Entries depend on the content version, so a public change expires all.

This works because public pages contain nothing personal: no token, no name. Personal responses are no-store.
What is not cached here is not reused by browsers without asking either, unless its view allows it.
"""

import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from hashlib import blake2b
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from core.conditional import has_current_copy, not_modified
from core.release import release
from core.versions import current_version
from search.engines import engine
from search.query import FINDING

PRIVATE_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}
UNCACHED_PREFIXES = ("/admin/", "/documents/", settings.STATIC_URL, settings.MEDIA_URL)
# The accepted encodings; `;q=0` refuses one.
ENCODING = re.compile(r"\b(?:br|zstd|gzip)\b(?!\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|$))")
LARGEST = 1_000_000
# All that a kept response may depend on; CORS headers are added outside.
VARY = "Accept-Encoding"
# Cache-Control: may be stored, but not reused without asking.
REVALIDATED = "no-cache"
# View -> the parameters that it reads. Other parameters must not cause a new response: rendering `brief.pdf?x=1`, `?x=2` …
# kept a processor busy. Views not listed report unknown parameters or repeat the whole query in their links.
PARAMETERS_READ: dict[str, frozenset[str]] = {
    "wagtail_serve": frozenset({"page"}),
    "exports:brief": frozenset(),
    "exports:citation-bib": frozenset(),
    "exports:citation-ris": frozenset(),
    "exports:citation-json": frozenset(),
    "exports:feed": frozenset(FINDING),
    "sitemap": frozenset(),
    "sitemap_part": frozenset(),
    "robots": frozenset(),
    "api:openapi-json": frozenset(),
    "api_docs": frozenset({"lang"}),
}


class AnonymousPageCacheMiddleware:
    """Cache responses as they are sent, per encoding; runs before all middleware that renders or compresses pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_read(request):
            return self.get_response(request)
        if not PRIVATE_COOKIES.isdisjoint(request.COOKIES):
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", f"private, {REVALIDATED}")
            return response
        tag = _tag(request)
        if has_current_copy(request, tag, exists=False):  # not known yet
            return not_modified(_kept_headers(tag))
        cached = caches["pages"].get(tag)
        if cached is None:
            outages = engine().outages
            response = self.get_response(request)
            # If content or the engine's state changed during rendering, the page may show either state.
            if not _may_be_kept(response) or _tag(request) != tag or engine().outages != outages:
                # Browsers would keep a 301 or a 410 for ever, and nearly every page that moved or went may come back.
                response.headers.setdefault("Cache-Control", REVALIDATED)
                return response
            cached = (response.content, dict(response.headers) | _kept_headers(tag))
            caches["pages"].set(tag, cached)
        content, headers = cached
        if has_current_copy(request, tag):
            return not_modified(headers)
        return HttpResponse(content, headers=headers)


def _kept_headers(tag: str) -> dict[str, str]:
    """Return the caching headers of a response that is kept, the same with status 200 and 304."""
    return {"ETag": tag, "Cache-Control": REVALIDATED, "Vary": VARY}


def _is_read(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.path.startswith(UNCACHED_PREFIXES)


def _tag(request: HttpRequest) -> str:
    """Return the entity tag, a digest of all that the page depends on.

    It includes the date, since pages show what is overdue, and the release, since an update must show at once.
    """
    encoding = ENCODING.findall(request.headers.get("Accept-Encoding", ""))
    address = f"{request.scheme} {request.get_host()} {request.path}?{_query_read(request)}"
    text = f"{address} {encoding} {date.today()} {release()}"
    return f'W/"{current_version()}-{engine().state()}-{blake2b(text.encode(), digest_size=12).hexdigest()}"'


def _query_read(request: HttpRequest) -> str:
    """Return the part of the query string that the answer depends on."""
    query: str = request.META.get("QUERY_STRING", "")
    read = _parameters_read(request.path_info) if query else None
    if read is None:
        return query
    return urlencode(
        [(name, value) for name, values in request.GET.lists() if name in read for value in values],
        errors="surrogatepass",
    )


def _parameters_read(path: str) -> frozenset[str] | None:
    """Return the parameters that the view of this path reads, None if it may read any."""
    language = translation.get_language_from_path(path)
    try:
        with translation.override(language) if language else nullcontext():
            return PARAMETERS_READ.get(resolve(path).view_name)
    except Resolver404:
        return None


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "private" not in response.headers.get("Cache-Control", "")
        and {name.strip().lower() for name in response.headers.get("Vary", VARY).split(",")} <= {VARY.lower()}
        and len(response.content) <= LARGEST
    )
