"""Outage drills with the real server behind the tests' own fault proxy: readers and editors go on, whatever it does, and
afterwards nothing is missing. Each later query is counted at the proxy, since a shared machine's seconds say little."""

import threading
import time

import pytest
from django.core.cache import caches

from indexing import documents, indexes
from indexing.index_drift import compared
from indexing.models import JobStatus, Record, SearchIndex
from indexing.rebuild import rebuild
from indexing.shipping import backlog, ship, ship_for_ever
from practices.models import PracticePage
from search.engines import circuit_breaker, database, engine
from search.query import Query
from search.views import page as views
from tests.factories import a_practice, a_translation, publish
from tests.factories.editing import add_url, posted, snapshot_data
from tests.search.faults import Fault, faulty
from tests.search.serving import forget, search_server, server_url

pytestmark = pytest.mark.django_db
# Without counts the server still answers what a probe asks.
FAULTS = pytest.mark.parametrize(
    "fault", [fault for fault in Fault if fault not in (Fault.NONE, Fault.UNCOUNTED)]
)
API, PAGE = "/api/v1/search?q=schools", "/en/search/?q=schools"
OTHERS = ["/en/", "/ru/", "/ru/search/?country=KZ", "/en/practices/kazakhstan/schools-online/", "/en/practices/kazakhstan/",
          "/api/v1/suggest?q=sch", "/en/search/?q=nothing-of-it&country=KZ"]  # fmt: skip
QUIET_LINE, QUIET_LINE_RU = "The search engine is away", "Поисковая система недоступна"
# A reader's second, and one more since other work may have the processor just then.
LIMIT = 2.0
LONGEST_RETURN = 20.0


@pytest.fixture
def content(tree):
    online = a_practice(tree.section("kazakhstan"), title="Schools online", themes=["digital-skills"])
    a_translation(online, title="Школы онлайн")
    a_practice(tree.section("tajikistan"), title="Teachers of schools", themes=["digital-skills"])
    return tree


@pytest.fixture
def proxy(client, content, monkeypatch):
    """The way to the server, and an index with the content; no process is away or probes when the test is over."""
    monkeypatch.setattr(circuit_breaker, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(circuit_breaker, "LONGEST_PAUSE", 0.3)
    with faulty(server_url()) as proxy, search_server(proxy.url):
        rebuild(lambda _: None)
        for path in (API, PAGE):
            answered(client, path)  # templates and vocabulary are read, as after a process's first minute
        forget()
        yield proxy
        proxy.fault = Fault.NONE
        until(lambda: not any(thread.name == "engine-probe" for thread in threading.enumerate()))


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
    assert engine().is_unavailable and QUIET_LINE in answered(client, PAGE)
    assert proxy.queries() == asked
    comes_back(proxy)
    assert answered(client, API) == healthy and QUIET_LINE not in answered(client, PAGE)
    assert ready(client) == (200, True, False)


@FAULTS
def test_the_first_answer_of_a_process_comes_in_time(client, proxy, fault):
    proxy.fault = fault
    found = answered(client, API)
    assert found["degraded"] and found["total"] == 2 and engine().is_unavailable
    forget()
    assert QUIET_LINE in answered(client, PAGE) and engine().is_unavailable


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
    assert while_away["degraded"] and {item["title"] for item in while_away["items"]} == wanted
    comes_back(proxy)
    assert backlog().records == 5
    assert ship().records == 5
    found = answered(client, "/api/v1/search?q=lighthouse")
    assert (found["engine"], found["degraded"]) == ("elasticsearch", False)
    assert {item["title"] for item in found["items"]} == wanted
    assert answered(client, "/api/v1/search?q=teachers")["total"] == 0
    assert not compared(SearchIndex.objects.get())


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.SILENT, Fault.UNAVAILABLE])
def test_an_editor_saves_and_publishes_and_waits_for_nothing(admin_client, content, proxy, fault):
    asked = list(proxy.asked)
    proxy.fault = fault
    section = content.section("kazakhstan")
    for action in ({}, {"action-publish": "yes"}):
        data = posted(**snapshot_data() | {"title": f"Written {len(action)}"}, **action)
        assert admin_client.post(add_url(section), data).status_code == 302
    assert PracticePage.objects.get(title="Written 1").live
    assert not PracticePage.objects.get(title="Written 0").live
    assert proxy.asked == asked and not engine().is_unavailable


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.SILENT, Fault.TRICKLE, Fault.BUSY])
def test_queries_that_meet_the_fault_at_once_are_all_answered(proxy, fault):
    """Sixteen readers and more in one process; by the engine, since a test's threads have no database of their own."""
    remote = engine().remote
    guard = circuit_breaker.CircuitBreaker(remote, stand_in=Told())
    proxy.fault = fault
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(guard.search(Query()).degraded)) for _ in range(24)
    ]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == [True] * 24 and time.monotonic() - started < LIMIT
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
        return circuit_breaker.Found([], 0, {}, self.name)


@pytest.mark.parametrize("fault", [Fault.SILENT, Fault.TRICKLE])
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

    ship_for_ever(pause, every=1, longest=10)
    assert pauses == [2, 4, 8, 10, 10, 1, 1]
    assert backlog().records == 0 and JobStatus.objects.get(kind="shipped").text == "1"
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
    assert not compared(SearchIndex.objects.get())


def test_a_kept_page_follows_what_is_shipped_in_every_process(client, content, proxy):
    caches["pages"].clear()
    first = client.get(PAGE)
    asked = list(proxy.asked)
    assert client.get(PAGE).content == first.content
    # Another process, told what the browser has.
    forget()
    assert client.get(PAGE, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304
    assert proxy.asked == asked
    a_practice(content.section("kazakhstan"), title="Schools by the lighthouse")
    between = client.get(
        PAGE
    )  # the public version is another: asked again, and kept until the worker comes by
    assert "lighthouse" not in between.content.decode()
    assert client.get(PAGE).content == between.content
    assert ship().records == 1
    for _ in range(2):
        after = client.get(PAGE, HTTP_IF_NONE_MATCH=between.headers["ETag"])
        assert after.status_code == 200 and "by the lighthouse" in after.content.decode()
        forget()
    asked = list(proxy.asked)
    assert client.get(PAGE).content == after.content
    assert client.get(PAGE, HTTP_IF_NONE_MATCH=after.headers["ETag"]).status_code == 304
    assert proxy.asked == asked


def test_a_page_of_the_stand_in_is_kept_for_no_healthy_process(client, proxy):
    caches["pages"].clear()
    healthy = client.get(PAGE)
    forget()
    proxy.fault = Fault.UNAVAILABLE
    engine().search(Query())  # this process knows that it is away
    degraded = client.get(PAGE, HTTP_IF_NONE_MATCH=healthy.headers["ETag"])
    assert degraded.status_code == 200 and QUIET_LINE in degraded.content.decode()
    assert client.get(PAGE).content == degraded.content
    proxy.fault = Fault.NONE
    forget()
    again = client.get(PAGE, HTTP_IF_NONE_MATCH=degraded.headers["ETag"])
    assert again.status_code == 200 and again.content == healthy.content


def test_a_page_during_which_the_server_goes_is_not_kept(client, proxy):
    caches["pages"].clear()
    proxy.fault = Fault.UNAVAILABLE
    assert QUIET_LINE in client.get(PAGE).content.decode()
    comes_back(proxy)
    assert QUIET_LINE not in client.get(PAGE).content.decode()


def test_a_page_during_which_the_server_goes_and_comes_back_is_not_kept(client, proxy, monkeypatch):
    caches["pages"].clear()
    made = []

    def slowly(answer):
        context = search_context(answer)
        if not made:
            comes_back(proxy)
        made.append(answer.degraded)
        return context

    search_context = views.search_context
    monkeypatch.setattr(views, "search_context", slowly)
    proxy.fault = Fault.UNAVAILABLE
    assert QUIET_LINE in client.get(PAGE).content.decode()
    assert QUIET_LINE not in client.get(PAGE).content.decode()
    assert made == [True, False]


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
    assert seen and all(answer == healthy for answer in seen)
    assert not engine().is_unavailable


def test_a_mistake_of_ours_in_a_document_is_no_outage(proxy, monkeypatch):
    """It would be tried again for ever as one, and nobody would see it."""
    index = SearchIndex.objects.live().get().name
    monkeypatch.setattr(documents, "document", lambda record: {"key": {record.key}})
    with pytest.raises(TypeError):
        documents.send(index, Record.objects.all())
