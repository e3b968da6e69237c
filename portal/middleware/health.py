"""`/-/live` and `/-/ready`, answered before any middleware that needs a host name, a session or TLS."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from search.engines import engine


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/-/live":
            return _no_store({"live": True})
        if request.path == "/-/ready":
            ready = _database_answers()
            body = {
                "ready": ready,
                "database": ready,
                "search": engine().name,
                "degraded": engine().is_unavailable,
            }
            return _no_store(body, status=200 if ready else 503)
        return self.get_response(request)


def _no_store(payload: dict[str, object], status: int = 200) -> JsonResponse:
    return JsonResponse(payload, status=status, headers={"Cache-Control": "no-store"})


def _database_answers() -> bool:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False
