"""robots.txt as crawlers read it: Scrapy's parser knows RFC 9309, Python's own only what stood before it."""

from urllib.parse import urlencode
from urllib.robotparser import RobotFileParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from protego import Protego

from indexing.facets import FACETS

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
SITE = "http://testserver"
PARAMETERS = ["q", "all", "sort", "page", "correct", "synonyms", "year_from", "utm_source", *FACETS]
OPEN = [
    "search/", "search/feed/", "search/feed/?country=KZ&theme=broadband", "search/gaps/", "search/gaps.csv", "search/finder/",
    "practices/", "collections/", "accounts/login/",
]  # fmt: skip
CLOSED = [
    "search/?q=school", "search/?country=KZ&page=2", "search/compare/?key=1", "search/export.csv", "search/export.xlsx?q=school",
]  # fmt: skip
CLOSED_BY_ASTERISK = ["search/finder/?theme=broadband", "search/gaps/?by=status", "search/?utm_source=x"]


@pytest.fixture
def robots(client):
    return client.get("/robots.txt").content.decode()


@pytest.fixture(params=["RFC 9309", "robotparser"])
def may_read(request, robots):
    if request.param == "RFC 9309":
        parser = Protego.parse(robots)
        return lambda path: parser.can_fetch(f"{SITE}{path}", "AnyBot")
    old = RobotFileParser()
    old.parse(robots.splitlines())
    return lambda path: old.can_fetch("AnyBot", f"{SITE}{path}")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_crawlers_may_read(may_read, robots, language):
    for path in OPEN:
        assert may_read(f"/{language}/{path}"), path
    for path in CLOSED:
        assert not may_read(f"/{language}/{path}"), path
    assert may_read("/sitemap.xml")
    assert not may_read("/admin/")
    for path in CLOSED_BY_ASTERISK:
        assert not Protego.parse(robots).can_fetch(f"{SITE}/{language}/{path}", "AnyBot"), path


@given(pairs=st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text(max_size=9)), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_of_the_search_page_is_read(robots, pairs):
    address = f"{SITE}/en/search/?{urlencode(pairs, errors='surrogatepass')}"
    assert not Protego.parse(robots).can_fetch(address, "AnyBot")


def test_a_feed_that_a_page_for_crawlers_names_may_be_read(client, public, robots):
    parser = Protego.parse(robots)
    named = set()
    for path in ["/en/search/", "/ru/search/", *public]:
        page = BeautifulSoup(client.get(path).content, "html.parser")
        named.update(
            link["href"] for link in page.select('link[rel="alternate"][type="application/atom+xml"]')
        )
    assert {"/en/search/feed/", "/ru/search/feed/"} <= named
    assert all(parser.can_fetch(f"{SITE}{feed}", "AnyBot") for feed in named)


def test_noindex_stands_only_where_a_crawler_can_read_it(client, public, practice, robots):
    record = f"/en/record/{practice.translation_key}"
    parser, found = Protego.parse(robots), []
    for path in (
        *public, *(f"/en/{path}" for path in (*OPEN, *CLOSED, *CLOSED_BY_ASTERISK)), f"{record}/contact/", f"{record}/report/",
        "/en/alerts/new/", "/en/alerts/asked/", "/en/alerts/none/", "/alerts/none/unsubscribe", "/en/review/none/",
        "/en/nothing/",
    ):  # fmt: skip
        answer = client.get(path)
        content = answer.content if answer["Content-Type"].startswith("text/html") else b""
        meta = BeautifulSoup(content, "html.parser").find("meta", attrs={"name": "robots"})
        if "noindex" in answer.headers.get("X-Robots-Tag", "") or (meta and "noindex" in meta["content"]):
            found.append(path)
            assert parser.can_fetch(f"{SITE}{path}", "AnyBot"), path
    assert {"/en/accounts/login/", f"{record}/contact/", "/en/review/none/"} <= set(found)
