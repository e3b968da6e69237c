"""The server goes while changes are shipped or an index is rebuilt: nothing is lost, and readers notice nothing."""

import pytest

from indexing import documents, indexes
from indexing.index_drift import find_index_drift
from indexing.models import JobStatus, Record, SearchIndex
from indexing.rebuild import rebuild
from indexing.shipping import backlog, run_shipping_loop, ship
from practices.models import PracticePage
from search.engines import circuit_breaker, database, engine
from search.query import Query
from tests.factories import a_practice, publish
from tests.search.outages import API, answered
from tests.support.faults import Fault
from tests.support.waiting import until

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_worker_tries_again_with_growing_pauses(content, proxy, monkeypatch):
    monkeypatch.setattr("indexing.shipping.close_old_connections", lambda: None)  # the test's own transaction
    proxy.fault = Fault.UNAVAILABLE
    a_practice(content.section("kazakhstan"), title="Lighthouse")
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        assert JobStatus.objects.get(kind="error").text.startswith("ApiError")
        if len(pauses) == 5:
            assert backlog().records == 1
            proxy.fault = Fault.NONE
        return len(pauses) == 7

    run_shipping_loop(pause, interval=1, max_pause=10)
    assert pauses == [2, 4, 8, 10, 10, 1, 1]
    assert backlog().records == 0
    assert JobStatus.objects.get(kind="shipped").text == "1"
    assert engine().search(Query(q="lighthouse")).total == 1


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("", Fault.REFUSED),
        ("/_mapping", Fault.UNAVAILABLE),
        ("/_bulk", Fault.BUSY),
        ("/_bulk", Fault.DYING),  # it has taken all, and is sent all again
        ("/_bulk", Fault.STRANGER),
        ("/_refresh", Fault.UNAVAILABLE),
        ("/_refresh", Fault.DYING),
    ],
)
def test_a_pass_that_fails_loses_nothing(content, proxy, step, fault):
    a_practice(content.section("kazakhstan"), title="Lighthouse")
    ship()
    a_practice(content.section("kazakhstan"), title="Lighthouse, the second")
    proxy.only = (step,)
    proxy.fault = fault
    with pytest.raises(circuit_breaker.EngineUnavailable):
        ship()
    assert backlog().records == 1
    proxy.fault = Fault.NONE
    assert ship().records == 1
    assert not find_index_drift(SearchIndex.objects.get())


def test_an_index_that_is_removed_under_a_process_is_one_that_is_away(client, proxy):
    """As a rebuild removes the old one; here the new one has not come."""
    healthy = answered(client, API)
    indexes.remove(SearchIndex.objects.get().name)
    assert answered(client, API) == healthy | {"engine": "database", "degraded": True}
    with pytest.raises(circuit_breaker.EngineUnavailable, match="search_rebuild"):
        publish(PracticePage.objects.all()[0], title="Schools anew")
        ship()
    rebuild(lambda _: None)
    until(lambda: not engine().is_unavailable)
    again = answered(client, API)
    assert (again["degraded"], again["total"]) == (False, 2)


def test_a_record_that_comes_while_the_stand_in_answers_does_no_harm(client, content, proxy, monkeypatch):
    """Asked for an order, it reads it after it has seen which records there are."""
    in_order = database._in_order

    def later(name):
        a_practice(content.section("kazakhstan"), title="Schools at the last moment")
        return in_order(name)

    proxy.fault = Fault.UNAVAILABLE
    answered(client, API)
    monkeypatch.setattr(database, "_in_order", later)
    assert answered(client, "/api/v1/search?sort=title")["total"] == 2


def test_readers_notice_nothing_of_a_rebuild(client, proxy):
    healthy, seen = answered(client, API), []
    rebuild(lambda _: seen.append(answered(client, API)))
    assert seen
    assert all(answer == healthy for answer in seen)
    assert not engine().is_unavailable


def test_a_mistake_of_ours_in_a_document_is_no_outage(proxy, monkeypatch):
    """It would be tried again for ever as one, and nobody would see it."""
    index = SearchIndex.objects.live().get().name
    monkeypatch.setattr(documents, "document", lambda record: {"key": {record.key}})
    with pytest.raises(TypeError):
        documents.send(index, Record.objects.all())
