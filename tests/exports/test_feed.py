"""The feed of a query: what RFC 4287 requires, whatever stands in a title, and only what every reader may see."""

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from wagtail.models import PageViewRestriction

from core.searchable import SearchContent
from core.versions import next_version
from exports.feed import BEGINNING
from indexing.records import store
from tests.factories import a_practice, a_translation, publish
from tests.factories.contents import START

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(response) -> etree._Element:
    """The feed, once it has all that RFC 4287 says one must have."""
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(response.content)
    for place in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"a:{name}", ATOM)) == 1, f"exactly one {name}"
        assert place.findtext("a:id", namespaces=ATOM).startswith("http")
        assert datetime.fromisoformat(place.findtext("a:updated", namespaces=ATOM)).tzinfo
        assert place.findtext("a:author/a:name", namespaces=ATOM)
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in place.findall("a:link", ATOM)
            if link.get("rel") == "alternate"
        ]
        assert alternates
        assert len(alternates) == len(set(alternates))
        assert all(link.get("href").startswith("http") for link in place.findall("a:link", ATOM))
    assert feed.xpath("count(a:link[@rel='self'])", namespaces=ATOM) == 1
    return feed


def titles(feed: etree._Element) -> list[str]:
    return [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]


def test_it_says_what_is_new_for_the_query_of_the_page(client, tree):
    often = {"summary": "Online, online, online.", "tags": ["online"]}
    first = a_practice(tree.section(), title="Schools online", themes=["digital-skills"], **often)
    a_translation(first, title="Школы в сети", summary="Кратко")
    a_practice(tree.section("tajikistan"), title="Clinics online")
    second = a_practice(tree.section(), title="Villages online", themes=["digital-skills"])
    query = "q=online&theme=digital-skills&country=KZ"

    feed = read(client.get(f"/ru/search/feed/?{query}&sort=title&page=9&nonsense=1"))

    assert titles(feed) == ["Villages online", "Школы в сети"], (
        "the newest first, not the best or the page's order"
    )
    assert feed.findtext("a:title", namespaces=ATOM).startswith("Новые практики: ")
    assert "Казахстан" in feed.findtext("a:title", namespaces=ATOM)
    assert feed.findtext("a:id", namespaces=ATOM).endswith(
        "/ru/search/feed/?q=online&country=KZ&theme=digital-skills"
    )
    english, russian = feed.findall("a:entry", ATOM)
    assert not english.xpath("a:link/@hreflang", namespaces=ATOM)
    assert (english.get(XML_LANG), russian.get(XML_LANG)) == ("en", "ru")
    assert russian.findtext("a:id", namespaces=ATOM).endswith(f"/p/{first.translation_key}")
    assert russian.xpath("a:link[@hreflang='en']/@href", namespaces=ATOM)[0].endswith(
        "/en/practices/kazakhstan/schools-online/"
    )
    assert russian.xpath("a:category[@term='KZ']/@label", namespaces=ATOM) == ["Казахстан"]
    assert russian.findtext("a:summary", namespaces=ATOM) == "Кратко"
    assert english.findtext("a:author/a:name", namespaces=ATOM) == "Ministry of Connection"
    assert english.findtext("a:rights", namespaces=ATOM)
    page = client.get(f"/ru/search/?{query}&sort=title&page=2").content.decode()
    assert page.count('/ru/search/feed/?q=online&amp;country=KZ&amp;theme=digital-skills"') == 2, (
        "in the head, and for all to see"
    )

    publish(second, title="Villages are online")
    assert titles(read(client.get(f"/ru/search/feed/?{query}")))[0] == "Villages are online"
    PageViewRestriction.objects.create(page=second, restriction_type=PageViewRestriction.LOGIN)
    changed = client.get(f"/ru/search/feed/?{query}")
    assert titles(read(changed)) == ["Школы в сети"]
    assert "office@example.org" not in changed.content.decode()
    same = client.get(f"/ru/search/feed/?{query}", headers={"If-None-Match": changed["ETag"]})
    assert same.status_code == 304


def test_an_empty_feed_is_one_too_and_does_not_change_by_itself(client, tree):
    feed = read(client.get("/en/search/feed/?q=nothing+has+this"))
    assert titles(feed) == []
    assert datetime.fromisoformat(feed.findtext("a:updated", namespaces=ATOM)) == BEGINNING


LEGAL_OR_NOT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LEGAL_OR_NOT | st.sampled_from(["]]>", "&amp;<b>", "\x00\x0b", "\ufffe"]))
def test_whatever_stands_in_titles_and_queries_it_can_be_read(client, text):
    kept = text.replace("\x00", "")  # PostgreSQL takes no NUL
    content = SearchContent(
        key=UUID(int=1), kind="practice", language="en", title=kept, summary=kept, url="/en/practices/x/",
        fields={"lead_organisation": kept}, keywords=[], facets={}, first_published=START, is_original=True,
    )  # fmt: skip
    store(content.key, [content], next_version())
    read(client.get("/en/search/feed/"))
    read(client.get(f"/en/search/feed/?q={quote(text)}&tag={quote(text)}"))
