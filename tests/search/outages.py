"""Asking a portal whose search server is behind a fault proxy."""

import time

import pytest
from django.core.cache import caches

from search.engines import engine
from tests.support.faults import Fault
from tests.support.waiting import until

API, PAGE = "/api/v1/search?q=schools", "/en/search/?q=schools"
QUIET_LINE, QUIET_LINE_RU = "The search is slower than usual", "Поиск сейчас работает медленнее обычного"
# Nobody waits for the server: for a silent one that would be for ever, for one that trickles for hours. That a reader waits
# less than a second is what `circuit_breaker.TIMEOUT` says; a machine that has more to do takes longer for its own work.
LIMIT = 20.0
# Without counts the server still answers what a probe asks. On PostgreSQL the fallback and the outbox are tried on a server
# that is gone, one that says nothing and one that says nonsense; how the breaker sees the others is the same there.
ON_BOTH_DATABASES = (Fault.REFUSED, Fault.SILENT, Fault.EMPTY)


def rows(faults):
    """Test parameters of these faults, most of them for SQLite only."""
    mark = pytest.mark.sqlite_suffices
    return [fault if fault in ON_BOTH_DATABASES else pytest.param(fault, marks=mark) for fault in faults]


FAULTS = pytest.mark.parametrize(
    "fault", rows(fault for fault in Fault if fault not in (Fault.NONE, Fault.UNCOUNTED))
)


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
