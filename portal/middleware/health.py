"""`/-/live` and `/-/ready`: answered before anything that needs a host name, a session or TLS."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/-/live":
            return _no_store({"live": True})
        if request.path == "/-/ready":
            ready = _database_answers()
            return _no_store({"ready": ready, "database": ready}, status=200 if ready else 503)
        return self.get_response(request)


def _no_store(told: dict[str, bool], status: int = 200) -> JsonResponse:
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})


def _database_answers() -> bool:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False
