"""Outage drills with the real server behind the tests' own fault proxy: readers and editors go on, whatever it does, and
afterwards nothing is missing. Each later query is counted at the proxy, since a shared machine's seconds say little."""

import threading
import time

import pytest

from indexing.index_drift import find_index_drift
from indexing.models import SearchIndex
from indexing.shipping import backlog, ship
from practices.models import PracticePage
from search.engines import circuit_breaker, engine
from search.query import Query
from tests.factories import a_practice, publish
from tests.factories.editing import add_url, posted, snapshot_data
from tests.search.outages import (
    API,
    FAULTS,
    LIMIT,
    PAGE,
    QUIET_LINE,
    QUIET_LINE_RU,
    answered,
    comes_back,
    probes,
    ready,
    rows,
)
from tests.support.faults import Fault
from tests.support.serving import forget
from tests.support.waiting import until

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OTHERS = ["/en/", "/ru/", "/ru/search/?country=KZ", "/en/practices/kazakhstan/schools-online/", "/en/practices/kazakhstan/",
          "/api/v1/suggest?q=sch", "/en/search/?q=nothing-of-it&country=KZ"]  # fmt: skip


@FAULTS
def test_a_running_process_answers_from_the_records_and_asks_no_more(client, proxy, fault):
    healthy = answered(client, API)
    assert (healthy["engine"], healthy["degraded"], healthy["total"]) == ("elasticsearch", False, 2)
    assert ready(client) == (200, True, False)
    others = [answered(client, path) for path in OTHERS]
    proxy.fault = fault
    away = answered(client, API)
    assert away == healthy | {"engine": "database", "degraded": True}
    assert ready(client) == (200, True, True)
    if fault is Fault.REFUSED:
        proxy.fault = Fault.UNAVAILABLE  # away as before, but here the queries can be counted
    asked, probed = proxy.queries(), probes(proxy)
    assert QUIET_LINE in answered(client, PAGE)
    for path, before in zip(OTHERS, others, strict=True):
        now = answered(client, path)
        if "/search/" in path:
            assert QUIET_LINE in now or QUIET_LINE_RU in now, path
        else:
            assert now == before, path
    until(lambda: probes(proxy) >= probed + 3)
    assert engine().is_unavailable
    assert QUIET_LINE in answered(client, PAGE)
    assert proxy.queries() == asked
    comes_back(proxy)
    assert answered(client, API) == healthy
    assert QUIET_LINE not in answered(client, PAGE)
    assert ready(client) == (200, True, False)


def test_a_reader_waits_less_than_a_second_for_the_server():
    """Its own time is what the drills of this file measure no more: a busy machine needs longer."""
    assert circuit_breaker.TIMEOUT < 1


@FAULTS
def test_the_first_answer_of_a_process_comes_in_time(client, proxy, fault):
    proxy.fault = fault
    found = answered(client, API)
    assert found["degraded"]
    assert found["total"] == 2
    assert engine().is_unavailable
    forget()
    assert QUIET_LINE in answered(client, PAGE)
    assert engine().is_unavailable


@FAULTS
def test_what_is_published_meanwhile_is_found_afterwards(client, content, proxy, fault):
    section = content.section("kazakhstan")
    edited, gone = PracticePage.objects.filter(locale__language_code="en").order_by("pk")
    answered(client, API)
    proxy.fault = fault
    answered(client, API)
    asked = proxy.queries()
    titles = [f"Lighthouse {number}" for number in range(3)]
    for title in titles:
        a_practice(section, title=title)
    publish(edited, title="Lighthouse edited")
    gone.unpublish()
    a_practice(section, title="Lighthouse draft", live=False)
    wanted = {*titles, "Lighthouse edited"}
    assert proxy.queries() == asked
    while_away = answered(client, "/api/v1/search?q=lighthouse")
    assert while_away["degraded"]
    assert {item["title"] for item in while_away["items"]} == wanted
    comes_back(proxy)
    assert backlog().records == 5
    assert ship().records == 5
    found = answered(client, "/api/v1/search?q=lighthouse")
    assert (found["engine"], found["degraded"]) == ("elasticsearch", False)
    assert {item["title"] for item in found["items"]} == wanted
    assert answered(client, "/api/v1/search?q=teachers")["total"] == 0
    assert not find_index_drift(SearchIndex.objects.get())


@pytest.mark.parametrize("fault", rows([Fault.REFUSED, Fault.SILENT, Fault.UNAVAILABLE]))
def test_an_editor_saves_and_publishes_and_waits_for_nothing(admin_client, content, proxy, fault):
    asked = list(proxy.asked)
    proxy.fault = fault
    section = content.section("kazakhstan")
    for action in ({}, {"action-publish": "yes"}):
        data = posted(**snapshot_data() | {"title": f"Written {len(action)}"}, **action)
        assert admin_client.post(add_url(section), data).status_code == 302
    assert PracticePage.objects.get(title="Written 1").live
    assert not PracticePage.objects.get(title="Written 0").live
    assert proxy.asked == asked
    assert not engine().is_unavailable


@pytest.mark.parametrize("fault", rows([Fault.REFUSED, Fault.SILENT, Fault.TRICKLE, Fault.BUSY]))
def test_queries_that_meet_the_fault_at_once_are_all_answered(proxy, fault):
    """Sixteen readers and more in one process; by the engine, since a test's threads have no database of their own."""
    remote = engine().remote
    guard = circuit_breaker.CircuitBreaker(remote, fallback=Told())
    proxy.fault = fault
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(guard.search(Query()).degraded)) for _ in range(24)
    ]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert found == [True] * 24
    assert time.monotonic() - started < LIMIT
    assert sum(thread.name == "engine-probe" for thread in threading.enumerate()) == 1
    # Connections that nobody ends hold up no return.
    if fault is Fault.REFUSED:
        proxy.fault = Fault.NONE
    proxy.go_on()
    until(lambda: not guard.is_unavailable)


class Told:
    """An engine that always says the same."""

    name = "told"

    def search(self, query):
        return circuit_breaker.ResultPage([], 0, {}, self.name)


@pytest.mark.parametrize("fault", rows([Fault.SILENT, Fault.TRICKLE]))
def test_connections_that_are_never_ended_hold_up_no_return(client, proxy, fault):
    """A network that has forgotten them sends nothing, not even an end; new ones work."""
    probed = probes(proxy)
    proxy.fault = fault
    assert answered(client, API)["degraded"]
    until(lambda: probes(proxy) >= probed + 2)  # the query's own, and one more
    proxy.go_on()
    until(lambda: not engine().is_unavailable)
    assert not answered(client, API)["degraded"]


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.SLOW])
def test_a_server_that_only_cannot_search_is_away_too(client, proxy, fault):
    """Too many queries wait there, while all else is answered at once."""
    answered(client, API)
    proxy.only = ("/_search", "/_count")
    proxy.fault = fault
    assert answered(client, API)["degraded"]
    probed = len(proxy.asked)
    until(lambda: len(proxy.asked) >= probed + 3 or not engine().is_unavailable)
    assert engine().is_unavailable


def test_an_answer_without_counts_is_an_outage(client, proxy):
    healthy = answered(client, API)
    proxy.fault = Fault.UNCOUNTED
    assert answered(client, API) == healthy | {"engine": "database", "degraded": True}
    forget()
    assert QUIET_LINE in answered(client, PAGE)
    proxy.fault = Fault.NONE
