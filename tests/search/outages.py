"""Asking a portal whose search server is behind a fault proxy."""

import time

from django.core.cache import caches

from search.engines import engine
from tests.support.faults import Fault

API, PAGE = "/api/v1/search?q=schools", "/en/search/?q=schools"
QUIET_LINE, QUIET_LINE_RU = "The search is slower than usual", "Поиск сейчас работает медленнее обычного"
# A reader's second, and one more since other work may have the processor just then.
LIMIT = 2.0
LONGEST_RETURN = 20.0


def until(condition, within=LONGEST_RETURN):
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "not within the time"
        time.sleep(0.02)


def answered(client, path):
    """The answer, made anew."""
    caches["pages"].clear()
    started = time.monotonic()
    response = client.get(path)
    assert response.status_code == 200, path
    assert time.monotonic() - started < LIMIT, path
    if path.startswith("/api/v1/suggest"):
        return sorted(suggestion["text"] for suggestion in response.json()["suggestions"])
    return response.json() if path.startswith("/api/") else response.content.decode()


def comes_back(proxy):
    proxy.fault = Fault.NONE
    until(lambda: not engine().is_unavailable)


def probes(proxy):
    return len(proxy.asked) - len(proxy.queries())


def ready(client):
    response = client.get("/-/ready")
    return response.status_code, response.json()["ready"], response.json()["degraded"]
