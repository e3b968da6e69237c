"""The search page: what a reader sees of an answer, and what it costs."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def content(tree):
    kazakh = a_practice(tree.section("kazakhstan"), title="Rural broadband", themes=["digital-connectivity"])
    a_practice(tree.section("tajikistan"), title="Rural teachers", themes=["digital-skills"])
    a_translation(kazakh, title="Сельская связь", summary="Связь для сёл")


def page(client, query="", language="en"):
    return client.get(f"/{language}/search/?{query}").content.decode()


def links(html):
    return {unescape(href) for href in re.findall(r'href="([^"]+)"', html)}


def test_a_chosen_filter_is_a_chip_that_takes_it_away(client, content):
    html = page(client, "q=rural&country=KZ&theme=digital-connectivity")
    chips = re.findall(r'<button class="chip" type="submit" name="without" value="([^"]+)">', html)
    assert chips == ["country:KZ", "theme:digital-connectivity"]
    assert "/en/search/?q=rural" in links(html)  # clear all


@pytest.mark.parametrize(
    ("pressed", "asked"),
    [
        ("country:KZ", "q=rural&theme=digital-connectivity&sort=title"),
        ("theme:digital-connectivity", "q=rural&country=KZ&sort=title"),
        ("country:XX", "q=rural&country=KZ&theme=digital-connectivity&sort=title"),
        ("colour:red", "q=rural&country=KZ&theme=digital-connectivity&sort=title"),
        ("\x00", "q=rural&country=KZ&theme=digital-connectivity&sort=title"),
        ("", "q=rural&country=KZ&theme=digital-connectivity&sort=title"),
    ],
)
def test_a_pressed_chip_leads_to_the_address_without_its_filter(client, content, pressed, asked):
    form = {
        "q": "rural",
        "country": "KZ",
        "theme": "digital-connectivity",
        "sort": "title",
        "without": pressed,
    }
    assert client.get("/en/search/", form).headers["Location"] == f"/en/search/?{asked}"


@pytest.mark.parametrize("facet", ["tag", "year", "all"])
def test_a_page_grows_with_its_query_and_not_with_the_square_of_it(client, content, facet):
    """580 tags made a page of 4 MB, each link of a chip repeating all of them."""
    sizes = []
    for number in (20, 40, 60, 200):
        values = [
            f"a{n}" if facet == "tag" else str(1900 + n) if facet == "year" else "tag" for n in range(number)
        ]
        sizes.append(len(page(client, "&".join(f"{facet}={value}" for value in values))))
    few, more, most, too_many = sizes
    assert most - more <= 1.1 * (more - few)
    assert too_many - most < 1500  # one notice
    assert most < 150_000


def test_too_many_filters_are_told(client, content):
    html = page(client, "&".join(f"tag=a{n}" for n in range(61)))
    assert "Only 60 filters can be chosen at once" in html
    assert 'value="tag:a59"' in html
    assert 'value="tag:a60"' not in html
    assert "Одновременно можно выбрать не более 60 фильтров" in page(
        client, "&".join(f"tag=a{n}" for n in range(61)), "ru"
    )


def test_the_language_switch_keeps_the_query(client, content):
    assert "/ru/search/?q=rural&country=KZ" in links(page(client, "q=rural&country=KZ"))


def test_an_empty_answer_says_which_filter_to_drop_and_what_that_gives(client, content):
    html = page(client, "q=teachers&country=KZ")
    assert "/en/search/?q=teachers" in links(html)
    assert "/en/search/?country=KZ" in links(html)
    empty = html[html.index('class="empty"') :]
    assert re.findall(r'<a class="chip" href="([^"]+)">[^<]*<b>(\d+)</b>', empty) == [
        ("/en/search/?q=teachers", "1"),
        ("/en/search/?country=KZ", "1"),
    ]


def test_did_you_mean_leads_to_what_finds_something(client, content):
    assert "/en/search/?q=rural+broadband&country=KZ" in links(page(client, "q=rural+brodband&country=KZ"))


def test_a_practice_is_shown_in_the_readers_language_else_labelled(client, content):
    html = page(client, "q=rural", "ru")
    assert "Сельская связь" in html
    assert "Rural broadband" not in html
    assert re.search(r'<h3 lang="en"><a href="/ru/practices/tajikistan/rural-teachers/">', html)


def test_markup_in_a_query_stays_text(client, content):
    assert "<script>alert" not in page(client, "q=%3Cscript%3Ealert(1)%3C/script%3E")


def test_the_queries_do_not_grow_with_the_practices(client, tree, content):
    def queries(query):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(client, query)
        return len(captured)

    asked = ["", "q=rural", "country=KZ&sort=title", "q=rural&theme=digital-skills"]
    few = [queries(query) for query in asked]
    for number in range(12):
        a_practice(
            tree.section("kazakhstan"),
            title=f"Rural {number}",
            tags=[f"tag {number}"],
            themes=["digital-skills"],
        )
    assert [queries(query) for query in asked] == few
    assert max(few) < 40


def test_an_empty_answer_to_hundreds_of_filters_asks_little(client, content, django_assert_max_num_queries):
    tags = "&".join(f"tag=a{number}" for number in range(300))
    client.get(f"/en/search/?q=nothing&{tags}")
    with django_assert_max_num_queries(150):
        assert client.get(f"/en/search/?q=nothing+at+all&{tags}").status_code == 200
