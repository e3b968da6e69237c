"""The front page: the search first, figures that open it, the map, collections, what is new."""

from collections import Counter
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curation.models import CollectionIndexPage, CollectionPage
from home.models import PlainPage
from tests.factories import Tree, a_practice, a_translation, publish
from usage.facts import TextCount
from usage.memory import memory
from usage.writer import write

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def front(client, language: str = "en") -> BeautifulSoup:
    caches["pages"].clear()
    cache.clear()  # another day
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def total(client, url: str) -> int:
    """What the search page finds at this address."""
    caches["pages"].clear()
    return client.get(url).context["answer"].total


def a_featured_collection(tree: Tree, query: str) -> None:
    index = tree.homes["en"].add_child(instance=CollectionIndexPage(title="Collections", slug="collections"))
    index.add_child(
        instance=CollectionPage(title="Last mile", intro="Six ways.", question=query, featured=True)
    )


def test_an_empty_portal_has_a_front_page(client, tree):
    page = front(client)

    assert page.find("div", class_="empty")
    assert not page.find("table")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_figures_open_the_search_that_they_count(client, tree, language):
    first = a_practice(tree.section(), title="Rural broadband for schools", status="scaled")
    a_translation(first, title="Сельский интернет для школ")
    a_practice(tree.section("tajikistan"), title="Coders", themes=["digital-skills", "digital-inclusion"])
    a_practice(tree.section("international"), title="X-Road", themes=["e-government"], countries=["EE"])

    page = front(client, language)

    assert page.main.find(["input", "a"])["name"] == "q", "the search box comes first"
    stats = [(link.b.get_text(), link["href"]) for link in page.find_all("a", class_="stat")]
    bars = [(row.find_all("td")[-1].get_text(), row.a["href"]) for row in page.select(".bars tbody tr")]
    places = [
        (link.find_all("text")[-1].get_text(), link["href"])
        for link in page.find("figure", class_="map").find_all("a")
    ]
    assert len(stats) >= 3
    assert len(bars) == 4 + 3
    assert len(places) == 2
    for number, url in [*stats, *bars, *places]:
        assert url.startswith(f"/{language}/search/")
        assert int(number) == total(client, url)


def test_what_is_new_comes_newest_first_in_the_readers_language(client, tree):
    for number in range(7):
        last = a_practice(tree.section(), title=f"Practice {number}")
    a_translation(last, title="Практика 6")

    assert [title.get_text() for title in front(client).select(".card h3")] == [
        f"Practice {n}" for n in range(6, 0, -1)
    ]
    russian = front(client, "ru").select(".card h3")
    assert (russian[0].get_text(), russian[0].get("lang"), russian[1].get("lang")) == (
        "Практика 6",
        None,
        "en",
    )


def test_examples_are_offered_only_where_they_find_something(client, tree):
    assert not front(client).find(class_="hero__examples")

    a_practice(tree.section(), title="Rural broadband for schools")
    links = front(client).find(class_="hero__examples").find_all("a")
    assert [link.get_text() for link in links] == ["rural broadband"]
    assert total(client, links[0]["href"]) == 1


def searched(text: str, days: int, found: bool = True) -> None:
    """The text was searched for once on each of the last days, today excluded."""
    today = timezone.localdate()
    memory.add(
        Counter(TextCount(today - timedelta(days=ago), "en", text, found) for ago in range(1, days + 1))
    )
    write()


def test_popular_searches_take_the_place_of_examples_if_practices_have_their_words(client, tree):
    """Anybody can search for anything on three days: what excludes, finds nothing, or only
    sounds like a name, is not repeated to all readers."""

    def others_look_for(language: str = "en") -> list[str]:
        return [link.get_text() for link in front(client, language).select(".hero__examples a")]

    for title in ("Rural broadband", "Telemedicine", "Open data", "Smart city", "Tunduk"):
        a_practice(tree.section(), title=title)
    searched("telemedicine", days=5)
    searched("open data", days=4)
    searched("-rudeness", days=9)
    searched("rudeness", days=9, found=False)
    searched("broadband", days=2)
    for text in ("the", "smart city open data telemedicine", "telemedicin'e", "smart " * 7, "tundukk"):
        searched(text, days=9)
    assert others_look_for() == ["rural broadband"], "examples, while there are few"
    searched("smart city", days=3)
    assert others_look_for() == ["telemedicine", "open data", "smart city"]
    assert others_look_for("ru") == []


def test_popular_searches_are_looked_up_once_a_day_or_change(client, tree):
    titles = ("Telemedicine", "Open data", "Smart city")
    for title in titles:
        a_practice(tree.section(), title=title)
        searched(title.lower(), days=4)

    def queries() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/")
        return len([one for one in captured if "usage_searchedtext" in one["sql"]])

    front(client)
    assert queries() == 0
    a_practice(tree.section(), title="Another")
    assert queries() == 1


def test_featured_collections_are_shown_with_their_count(client, tree):
    a_practice(tree.section(), title="Schools online")
    a_featured_collection(tree, "country=KZ")

    collection = front(client).find(class_="collection")
    assert "Last mile" in collection.h3.get_text()
    assert "1 practice" in collection.get_text()


def test_a_withdrawn_practice_is_gone_from_every_figure(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    assert front(client).find("a", class_="stat").b.get_text() == "1"

    practice.unpublish()
    assert "Schools online" not in str(front(client))
    assert not front(client).find("a", class_="stat")


def test_the_queries_do_not_grow_with_the_practices(client, tree):
    a_featured_collection(tree, "country=KZ")

    def queries() -> int:
        front(client)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/")
        return len(captured)

    def grow(few: int) -> None:
        for number in range(few):
            section = tree.section(("kazakhstan", "tajikistan", "international")[number % 3])
            a_practice(section, tags=["fibre"], status="scaled", evidence_level="3")

    grow(3)
    at_few = queries()
    grow(27)
    assert queries() == at_few < 80


def test_a_plain_page_has_its_text_and_a_way_back(client, tree):
    home = tree.homes["en"]
    page = home.add_child(
        instance=PlainPage(title="About", slug="about", body=[("text", "<p>Who we are.</p>")])
    )

    shown = BeautifulSoup(client.get(page.url).content, "html.parser")

    assert "Who we are." in shown.main.get_text()
    assert [crumb["href"] for crumb in shown.find("nav", class_="crumbs").find_all("a")] == ["/en/"]
    assert shown.find("nav", class_="languages").a["href"] == "/ru/", (
        "the front page, where there is no translation"
    )
    assert [link["hreflang"] for link in shown.head.find_all("link", hreflang=True)] == ["en"]

    russian = page.copy_for_translation(tree.homes["ru"].locale)
    publish(russian, title="О портале")
    caches["pages"].clear()
    shown = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert shown.find("nav", class_="languages").a["href"] == "/ru/about/"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_that_is_not_there_says_so_in_the_readers_language(client, tree, language):
    response = client.get(f"/{language}/nothing/here/")
    page = BeautifulSoup(response.content, "html.parser")

    assert response.status_code == 404
    assert page.html["lang"] == language
    assert page.find("form", role="search")["action"] == f"/{language}{reverse('search:page')[3:]}"
    assert not page.head.find("link", rel="canonical")
