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
    refused = client.get(SEARCH, HTTP_ORIGIN="https://example.org")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert (refused.status_code, refused.headers["Retry-After"], told(refused)) == (429, "1", ["3", "0", "1"])
    assert refused.headers["Content-Length"] == str(len(refused.content))  # else the connection ends
    assert "More than 3" in refused.json()["detail"][0]["reason"]
    limit.shift(1)
    assert told(client.get(SEARCH)) == ["3", "2", "60"]


def test_a_harvester_is_told_to_come_later_in_its_protocols_own_way(client, limit):
    for _ in range(3):
        assert client.get("/oai?verb=Identify").status_code == 200
    later = client.get("/oai?verb=Identify")
    assert (later.status_code, later.headers["Retry-After"]) == (503, "45")


def test_each_client_has_its_own_allowance_and_the_proxys_word_counts_only_from_the_proxy(
    client, limit, settings
):
    def left(**sent):
        return client.get(SEARCH, **sent).headers["RateLimit-Remaining"]

    assert [left(), left(REMOTE_ADDR="192.0.2.7"), left(REMOTE_ADDR="192.0.2.7")] == ["2", "2", "1"]
    assert [left(REMOTE_ADDR="2001:db8:1:2::1"), left(REMOTE_ADDR="2001:db8:1:2:9::9")] == ["2", "1"]
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
    assert third.status_code == 304
    assert second.content == first.content
    assert [told(answer)[1] for answer in (first, second, third)] == ["2", "1", "0"]


EXPOSED = "ETag, Last-Modified, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
FROM_ANOTHER_SITE = {"HTTP_ORIGIN": "https://example.org"}


def cors_headers(answer):
    """What the answer says of other sites, Vary's mention of them included."""
    vary = [name for name in answer.headers.get("Vary", "").split(", ") if name.lower() == "origin"]
    said = {
        name: value for name, value in answer.headers.items() if name.lower().startswith("access-control")
    }
    return said | ({"Vary": vary} if vary else {})


def test_any_site_may_read_every_answer_but_never_as_the_reader(client, tree):
    tag = client.get(SEARCH).headers["ETag"]
    asked = [
        (SEARCH, 200),
        (f"{SEARCH}?page=0", 422),
        (f"{SEARCH}?q={'a' * 5000}", 400),
        ("/api/v1/nothing", 404),
        ("/api/v1/openapi.json", 200),
        ("/api/v1/suggest?q=sch", 200),
        ("/api/v1/docs", 200),
        ("/oai?verb=Identify", 200),
        ("/oai?verb=None", 200),
    ]
    answers = [client.get(path, **FROM_ANOTHER_SITE) for path, _ in asked]
    assert [answer.status_code for answer in answers] == [status for _, status in asked]
    answers.append(client.get(SEARCH, HTTP_IF_NONE_MATCH=tag, **FROM_ANOTHER_SITE))
    answers.append(client.head(SEARCH, **FROM_ANOTHER_SITE))
    answers.append(client.post(SEARCH, **FROM_ANOTHER_SITE))
    answers.append(client.post("/oai", {"verb": "Identify"}, **FROM_ANOTHER_SITE))
    assert [answer.status_code for answer in answers[len(asked) :]] == [304, 200, 405, 200]
    for answer in answers:
        assert cors_headers(answer) == {
            "access-control-allow-origin": "*",
            "access-control-expose-headers": EXPOSED,
            "Vary": ["origin"],
        }, answer.request["PATH_INFO"]


def test_a_cache_that_kept_the_answer_for_the_portal_itself_asks_again_for_another_site(client, tree):
    for path in (SEARCH, "/oai?verb=Identify"):
        assert cors_headers(client.get(path)) == {"Vary": ["origin"]}


@pytest.mark.parametrize(
    "path", ["/en/search/", "/en/search/export.csv", "/en/search/feed/", "/p/none", "/api/"]
)
def test_pages_and_downloads_are_for_the_portal_alone(client, tree, path):
    for answer in (client.get(path, **FROM_ANOTHER_SITE), client.options(path, **FROM_ANOTHER_SITE)):
        assert cors_headers(answer) == {}


@pytest.mark.parametrize("path", [SEARCH, "/api/v1/nothing", "/oai"])
def test_a_browser_that_asks_first_is_told_what_it_may_send(client, limit, path):
    for _ in range(5):  # not counted
        answer = client.options(path, HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET", **FROM_ANOTHER_SITE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert cors_headers(answer) == {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": EXPOSED,
        "access-control-allow-headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
        "access-control-allow-methods": "GET, HEAD, POST",
        "access-control-max-age": "86400",
        "Vary": ["origin"],
    }


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
