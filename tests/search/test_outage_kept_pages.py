"""Pages from memory and an outage: what the stand-in answered is kept for no healthy process."""

import pytest
from django.core.cache import caches

from indexing.shipping import ship
from search.engines import engine
from search.query import Query
from search.views import page as views
from tests.factories import a_practice
from tests.search.outages import PAGE, QUIET_LINE, comes_back
from tests.support.faults import Fault
from tests.support.serving import forget

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]


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
        assert after.status_code == 200
        assert "by the lighthouse" in after.content.decode()
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
    assert degraded.status_code == 200
    assert QUIET_LINE in degraded.content.decode()
    assert client.get(PAGE).content == degraded.content
    proxy.fault = Fault.NONE
    forget()
    again = client.get(PAGE, HTTP_IF_NONE_MATCH=degraded.headers["ETag"])
    assert again.status_code == 200
    assert again.content == healthy.content


def test_a_page_during_which_the_server_goes_is_not_kept(client, proxy):
    caches["pages"].clear()
    proxy.fault = Fault.UNAVAILABLE
    assert QUIET_LINE in client.get(PAGE).content.decode()
    comes_back(proxy)
    assert QUIET_LINE not in client.get(PAGE).content.decode()


def test_a_page_during_which_the_server_goes_and_comes_back_is_not_kept(client, proxy, monkeypatch):
    caches["pages"].clear()
    made = []

    def slowly(answer, **more):
        context = search_context(answer, **more)
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
