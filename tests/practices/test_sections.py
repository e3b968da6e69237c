"""The pages above practices: sections of countries, that of experts, the index."""

import pytest

from tests.factories import a_practice, a_translation
from tests.practices.reading import SITE, empty_elements, head_links, soup

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]


def test_a_country_section_shows_its_figures_and_what_neighbours_have(client, tree):
    a_practice(tree.section(), title="Schools online", themes=["digital-connectivity"])
    a_practice(tree.section("tajikistan"), title="Coders", themes=["digital-skills"])

    page = soup(client, tree.section().url)

    assert page.find("a", class_="stat")["href"] == "/en/search/?kind=practice&country=KZ"
    tables = {table.caption.get_text(): table for table in page.find_all("table")}
    assert [row.get_text(strip=True) for row in tables["By theme"].tbody.find_all("tr")] == [
        "Digital connectivity1"
    ]
    lacking = tables["What neighbours have on themes missing here"].tbody.find_all("tr")
    assert [row.get_text(strip=True) for row in lacking] == ["Digital skills1"]
    assert [heading.get_text(strip=True) for heading in page.main.find_all("h3")] == [
        "Schools online",
        "Coders",
    ]


def test_an_empty_section_says_what_to_do_next(client, tree):
    page = soup(client, tree.section().url)

    assert page.find("div", class_="empty")
    assert not empty_elements(page)


def test_the_section_of_experts_lists_its_own_practices_page_by_page(client, tree):
    section = tree.section("international")
    for number in range(13):
        a_practice(section, title=f"Practice {number}", countries=["EE"])
    a_translation(section.get_children().specific().first(), title="Практика")

    def titles(number: str) -> list[str]:
        page = soup(client, f"{section.url}?page={number}")
        return [heading.get_text(strip=True) for heading in page.main.find_all("h3")]

    assert titles("1") == [f"Practice {number}" for number in range(12, 0, -1)]
    assert titles("2") == titles("999999999999999999999") == ["Practice 0"]
    assert titles("1e21") == titles("") == titles("1")
    assert head_links(soup(client, f"{section.url}?page=2"))[0] == f"{SITE}{section.url}?page=2"
    page = soup(client, section.url.replace("/en/", "/ru/"))
    assert len(page.main.find_all("h3")) == 12, "a translation is no practice more"
    assert page.main.h2.get_text(strip=True).startswith("13 "), "a translation is no practice more"


def test_the_index_leads_to_every_section_and_to_what_it_counts(client, tree):
    a_practice(tree.section(), title="Schools online")
    a_practice(tree.section("international"), title="X-Road", countries=["EE"])

    page = soup(client, tree.indexes["ru"].url)
    places = {
        place.b.get_text(): place.get_text(" ", strip=True) for place in page.find_all("li", class_="place")
    }

    titles = [tree.section(slug, "ru").title for slug in ("kazakhstan", "tajikistan", "international")]
    assert set(titles) == set(places)
    assert ["1" in places[title] for title in titles] == [True, False, True]
    links = {link["href"] for link in page.main.find_all("a")}
    assert {
        "/ru/practices/kazakhstan/",
        "/ru/search/?kind=practice&country=KZ",
        "/ru/practices/international/",
        "/ru/search/?kind=practice",
    } <= links
