"""What machines are told beside the answer: who may read it, how much they may ask, since when it stands."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import caches

from core.versions import current_version
from exports.entries import changed_at
from tests.factories import a_practice, publish

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search"
NOON = datetime(2026, 11, 28, 12, 0, 15, tzinfo=UTC)


@pytest.fixture
def limit(settings):
    caches["limits"].clear()
    settings.API_REQUESTS_A_MINUTE = 3
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def told(answer):
    return [answer.headers.get(f"RateLimit-{name}") for name in ("Limit", "Remaining", "Reset")]


def test_after_so_many_requests_a_minute_one_waits_until_it_is_over(client, limit):
    answers = [client.get(path) for path in (SEARCH, f"{SEARCH}?page=0", "/api/v1/nothing")]
    assert [answer.status_code for answer in answers] == [200, 422, 404]
    assert [told(answer) for answer in answers] == [["3", "2", "45"], ["3", "1", "45"], ["3", "0", "45"]]
    limit.shift(44)
    refused = client.get(SEARCH)
    assert (refused.status_code, refused.headers["Retry-After"], told(refused)) == (429, "1", ["3", "0", "1"])
    assert "More than 3" in refused.json()["detail"][0]["reason"]
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    limit.shift(1)
    assert told(client.get(SEARCH)) == ["3", "2", "60"]


def test_a_harvester_is_told_to_come_later_in_its_protocols_own_way(client, limit):
    for _ in range(3):
        assert client.get("/oai?verb=Identify").status_code == 200
    later = client.get("/oai?verb=Identify")
    assert (later.status_code, later.headers["Retry-After"]) == (503, "45")
    assert client.options("/oai").headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"


def test_each_address_has_its_own_allowance_and_the_proxys_word_counts_only_from_the_proxy(
    client, limit, settings
):
    def left(**sent):
        return client.get(SEARCH, **sent).headers["RateLimit-Remaining"]

    assert [left(), left(REMOTE_ADDR="192.0.2.7"), left(REMOTE_ADDR="192.0.2.7")] == ["2", "2", "1"]
    assert left(HTTP_X_FORWARDED_FOR="192.0.2.8") == "1"
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert left(HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.8") == "2"
    assert left(HTTP_X_FORWARDED_FOR="203.0.113.10, 192.0.2.8") == "1"
    assert left(HTTP_X_FORWARDED_FOR="no address") == "0"


def test_readers_and_what_the_portals_own_pages_ask_are_not_counted(client, limit, tree):
    for path in ("/api/v1/suggest?q=sch", "/api/v1/docs", "/en/search/"):
        for _ in range(5):
            answer = client.get(path)
            assert (answer.status_code, told(answer)) == (200, [None] * 3), path


def test_an_answer_from_memory_and_a_304_count_and_tell_their_own_numbers(client, limit, tree):
    caches["pages"].clear()
    first, second = client.get(SEARCH), client.get(SEARCH)
    third = client.get(SEARCH, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert third.status_code == 304 and second.content == first.content
    assert [told(answer)[1] for answer in (first, second, third)] == ["2", "1", "0"]


def test_any_site_may_read_every_answer_but_never_as_the_reader(client, tree):
    tag = client.get(SEARCH).headers["ETag"]
    answers = [
        client.get(SEARCH),
        client.get(SEARCH, HTTP_IF_NONE_MATCH=tag),
        client.get(f"{SEARCH}?page=0"),
        client.get("/api/v1/nothing"),
        client.get(f"{SEARCH}?q={'a' * 5000}"),
        client.post(SEARCH),
    ]
    assert [answer.status_code for answer in answers] == [200, 304, 422, 404, 400, 405]
    for answer in answers:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "RateLimit-Remaining" in answer.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in client.get("/en/search/").headers


def test_a_browser_that_asks_first_is_told_what_it_may_send(client):
    asked = client.options(
        SEARCH, HTTP_ORIGIN="https://example.org", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET"
    )
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    assert "SAMEORIGIN" in client.options("/en/search/").headers["X-Frame-Options"]


def test_who_has_the_answer_of_this_date_is_told_so(client, tree):
    practice = a_practice(tree.section("kazakhstan"), title="Schools online")
    path = f"/api/v1/records/{practice.translation_key}"
    written = changed_at(current_version())
    with time_machine.travel(written, tick=False) as clock:
        assert "Last-Modified" not in client.get(path).headers  # another change may come in this second
        clock.shift(1)
        first = client.get(path)
        date = first.headers["Last-Modified"]
        kept = client.get(path, HTTP_IF_MODIFIED_SINCE=date)
        assert (kept.status_code, kept.content) == (304, b"")
        assert (kept.headers["ETag"], kept.headers["Last-Modified"]) == (first.headers["ETag"], date)
        for other in (
            {"HTTP_IF_MODIFIED_SINCE": date, "HTTP_IF_NONE_MATCH": 'W/"another"'},
            {"HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"},
            {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        ):
            assert client.get(path, **other).status_code == 200, other
        assert client.get(f"{path}?lang=de", HTTP_IF_MODIFIED_SINCE=date).status_code == 422
        clock.move_to(written + timedelta(minutes=5))
        publish(practice, title="Schools with a line")
        clock.shift(1)
        after = client.get(path, HTTP_IF_MODIFIED_SINCE=date)
        assert (after.status_code, after.json()["title"]) == (200, "Schools with a line")
        assert after.headers["Last-Modified"] != date


def test_what_a_search_server_may_be_behind_with_has_no_date(client, tree, monkeypatch):
    monkeypatch.setattr("api.middleware.engine", lambda: SimpleNamespace(state=lambda: "practices-1-42"))
    with time_machine.travel(changed_at(current_version()) + timedelta(seconds=5), tick=False):
        assert "Last-Modified" not in client.get(SEARCH).headers
        assert "Last-Modified" in client.get("/api/v1/openapi.json").headers
