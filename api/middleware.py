"""What every machine is told beside its answer: how much it may ask, since when the answer stands."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.http import http_date

from accounts.client_ip import client_ip
from api.errors import NoticeOut, RefusalOut
from core.throttle import MemoryThrottle, client_key
from core.versions import current_version
from exports.entries import changed_at
from search.engines import engine

API, OAI = "/api/v1/", "/oai"
CLIENT = MemoryThrottle("api.client", window=timedelta(minutes=1))
# The portal's own page asks for suggestions at each key, and the page that explains the API is for people.
NOT_COUNTED = ("/api/v1/suggest", "/api/v1/docs")
# Another engine than the database may be behind it by a second, which no content version tells.
ASKS_ENGINE = ("/api/v1/search", "/api/v1/suggest", "/api/v1/vocabularies", "/api/v1/collections")
GetResponse = Callable[[HttpRequest], HttpResponse]


class PoliteLimitMiddleware:
    """So many queries a minute from one address, in each process; the answer tells how many are left."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.API_REQUESTS_A_MINUTE
        if not limit or not request.path.startswith((API, OAI)) or request.path.startswith(NOT_COUNTED):
            return self.get_response(request)
        count, seconds = CLIENT.hit(client_key(client_ip(request) or ""))
        response = _too_many(request, limit, seconds) if count > limit else self.get_response(request)
        response.headers["RateLimit-Limit"] = str(limit)
        response.headers["RateLimit-Remaining"] = str(max(limit - count, 0))
        response.headers["RateLimit-Reset"] = str(seconds)
        return response


def _too_many(request: HttpRequest, limit: int, seconds: int) -> HttpResponse:
    told = NoticeOut(
        field="", value=str(limit), reason=f"More than {limit} requests a minute; go on in {seconds} seconds."
    )
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    # Harvesters take 503 for "later" (OAI-PMH, section 3.1.2.2).
    status = 503 if request.path.startswith(OAI) else 429
    return JsonResponse(RefusalOut(detail=[told]).model_dump(), status=status, headers=headers)


class LastModifiedMiddleware:
    """Tells since when an answer of the API stands, and answers 304 to who has that one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        changed = _stands_since(request)
        response = self.get_response(request)
        if changed is None or response.status_code not in (200, 304):
            return response
        told = response.headers["Last-Modified"] = http_date(changed.timestamp())
        # The very date that was told, no later one: a change is numbered when it begins and seen when it is saved.
        if "If-None-Match" in request.headers or request.headers.get("If-Modified-Since") != told:
            return response
        kept = {name: response.headers[name] for name in ("ETag", "Cache-Control") if name in response}
        return HttpResponseNotModified(headers=kept | {"Last-Modified": told})


def _stands_since(request: HttpRequest) -> datetime | None:
    """When what it depends on changed last; None where another change may come in the same second."""
    if request.method not in ("GET", "HEAD") or not request.path.startswith(API):
        return None
    if request.path.startswith(ASKS_ENGINE) and engine().state():
        return None
    changed = changed_at(current_version())
    return changed if changed < datetime.now(UTC).replace(microsecond=0) else None
