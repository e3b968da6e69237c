"""Middleware for machines: rate limits of the API and OAI-PMH, Last-Modified of the API and the sitemap."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date

from accounts.client_ip import client_ip
from api.errors import NoticeOut, RefusalOut
from core.conditional import not_modified
from core.throttle import MemoryThrottle, client_key
from core.versions import current_version
from exports.entries import changed_at
from search.engines import engine

API, OAI = "/api/v1/", "/oai"
# Paths whose answers change only with the content version.
DATED_PATHS = (API, "/sitemap")
CLIENT = MemoryThrottle("api.client", window=timedelta(minutes=1))
# Not limited: the search page requests suggestions at each key press, and the documentation page is for people.
UNLIMITED_PATHS = ("/api/v1/suggest", "/api/v1/docs")
# Paths that query the engine. A search server may be a second behind the database, which the content version does not show.
ENGINE_PATHS = ("/api/v1/search", "/api/v1/suggest", "/api/v1/vocabularies", "/api/v1/collections")
GetResponse = Callable[[HttpRequest], HttpResponse]


class RateLimitMiddleware:
    """Limit requests per client and minute in each process, and report the limit in headers."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.API_REQUESTS_A_MINUTE
        if not limit or not request.path.startswith((API, OAI)) or request.path.startswith(UNLIMITED_PATHS):
            return self.get_response(request)
        count, seconds = CLIENT.hit(client_key(client_ip(request) or ""))
        response = _too_many(request, limit, seconds) if count > limit else self.get_response(request)
        response.headers["RateLimit-Limit"] = str(limit)
        response.headers["RateLimit-Remaining"] = str(max(limit - count, 0))
        response.headers["RateLimit-Reset"] = str(seconds)
        return response


def _too_many(request: HttpRequest, limit: int, seconds: int) -> HttpResponse:
    notice = NoticeOut(
        field="", value=str(limit), reason=f"More than {limit} requests a minute; go on in {seconds} seconds."
    )
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    # Harvesters retry after 503 (OAI-PMH, section 3.1.2.2).
    status = 503 if request.path.startswith(OAI) else 429
    return JsonResponse(RefusalOut(detail=[notice]).model_dump(), status=status, headers=headers)


class LastModifiedMiddleware:
    """Set Last-Modified, and answer conditional requests with 304."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        changed = _last_modified(request)
        response = self.get_response(request)
        if changed is None or response.status_code not in (200, 304):
            return response
        last_modified = response.headers["Last-Modified"] = http_date(changed.timestamp())
        # Only exactly this date matches, not a later one: a change gets its number before it is committed.
        if "If-None-Match" in request.headers or request.headers.get("If-Modified-Since") != last_modified:
            return response
        return not_modified(response.headers)


def _last_modified(request: HttpRequest) -> datetime | None:
    """Return the time of the last change, None if it is unknown or another change may follow in the same second."""
    if request.method not in ("GET", "HEAD") or not request.path.startswith(DATED_PATHS):
        return None
    if request.path.startswith(ENGINE_PATHS) and engine().state():
        return None
    changed = changed_at(current_version())
    return changed if changed < datetime.now(UTC).replace(microsecond=0) else None
