"""The content and the fault proxy of the outage drills."""

import threading

import pytest

from indexing.rebuild import rebuild
from search.engines import circuit_breaker
from tests.factories import a_practice, a_translation
from tests.search.outages import API, PAGE, answered
from tests.support.faults import Fault, faulty
from tests.support.serving import forget, search_server, server_url
from tests.support.waiting import until


@pytest.fixture
def content(tree):
    # No title begins with the word that is searched for: it would be a name, and engines score a sound differently.
    online = a_practice(
        tree.section("kazakhstan"),
        title="Connected schools",
        slug="schools-online",
        themes=["digital-skills"],
    )
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
