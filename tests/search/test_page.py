"""The search page: what a reader sees of an answer, and what it costs."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import a_practice, a_theme, a_translation

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
    empty = html[html.index('class="empty"') :].partition("</ul>")[0]
    assert re.findall(r'<a class="chip" href="([^"]+)">[^<]*<b>(\d+)</b>', empty) == [
        ("/en/search/?q=teachers", "1"),
        ("/en/search/?country=KZ", "1"),
    ]


def test_a_misspelt_query_shows_the_results_of_its_correction(client, content):
    answer = client.get("/en/search/?q=rural+brodband&country=KZ")
    html = answer.content.decode()
    assert [item.title for item in answer.context["answer"].items] == ["Rural broadband"]
    assert "Showing results for <b>rural broadband</b>." in " ".join(html.split())
    assert "/en/search/?q=rural+brodband&country=KZ&correct=0" in links(html)
    # Every other link carries the corrected text.
    others = [link for link in links(html) if "brodband" in link and "correct=0" not in link]
    assert others == []


def test_what_was_typed_is_searched_for_where_a_reader_wants_it(client, content):
    answer = client.get("/en/search/?q=rural+brodband&correct=0")
    assert answer.context["answer"].total == 0
    assert "Search instead" not in answer.content.decode()


def test_the_form_sends_no_order_that_nobody_chose(client, content):
    for query, text in (("", "Newest first"), ("q=rural", "Best match")):
        options = re.findall(
            r'<option value="(\w*)"( selected)?>([^<]+)</option>',
            page(client, query).partition('id="sort"')[2],
        )
        assert options[0] == ("", " selected", text)
        assert "" not in [value for value, _, _ in options[1:]]
    # A text typed on the list of the newest arrives as the form of that page sends it.
    answer = client.get("/en/search/?q=rural&sort=&year_from=&year_to=")
    assert answer.context["query"].order == "relevance"
    assert "sort=" not in " ".join(links(answer.content.decode()))


def test_years_from_and_to_are_chips_and_filters(client, tree):
    for year in (2018, 2020, 2022):
        a_practice(tree.section("kazakhstan"), title=f"Of {year}", start_year=year)
    answer = client.get("/en/search/?year_from=2019&year_to=2021&q=of")
    assert [item.title for item in answer.context["answer"].items] == ["Of 2020"]
    html = answer.content.decode()
    assert 'name="year_from" id="year_from"\n          value="2019"' in html
    assert 'value="year_from:"' in html
    counts = {value.value: value.count for value in answer.context["answer"].facets["year"]}
    assert counts == {"2018": 1, "2020": 1, "2022": 1}  # its own counts leave the years out
    pressed = client.get("/en/search/?year_from=2019&year_to=2021&q=of&without=year_from:")
    assert pressed.headers["Location"] == "/en/search/?q=of&year_to=2021"
    assert "позже последнего" in page(client, "year_from=2022&year_to=2018", "ru")


def test_chosen_values_stand_first_in_their_list(client, tree):
    for number in range(20):
        a_practice(
            tree.section("kazakhstan"), title=f"T {number}", tags=[f"tag{n}" for n in range(number + 1)]
        )
    answer = client.get("/en/search/?tag=tag19")
    tags = next(facet for facet in answer.context["facets"] if facet["name"] == "tag")
    assert tags["values"][0].value == "tag19"
    listed = re.findall(r'name="tag" value="([^"]+)"', answer.content.decode())
    assert listed[0] == "tag19"
    assert sorted(listed) == sorted(f"tag{n}" for n in range(20))


def test_a_theme_with_a_chosen_sub_theme_stands_first(client, tree):
    a_theme("digital-villages", "digital-inclusion")
    for number in range(3):
        a_practice(tree.section("kazakhstan"), title=f"Skills {number}", themes=["digital-skills"])
    a_practice(tree.section("kazakhstan"), title="Villages", themes=["digital-villages"])
    answer = client.get("/en/search/?theme=digital-villages")
    themes = next(facet for facet in answer.context["facets"] if facet["name"] == "theme")
    assert [value.value for value in themes["values"]] == [
        "digital-inclusion",
        "digital-villages",
        "digital-skills",
    ]


def test_tracking_parameters_vanish_without_a_notice(client, content):
    answer = client.get("/en/search/?q=rural&utm_source=letter&fbclid=x&gclid=y&yclid=z")
    assert answer.context["notices"] == []
    assert "utm_source" not in answer.content.decode()


def test_an_empty_answer_is_no_dead_end(client, content):
    html = page(client, "q=rural+astronauts&country=KZ")
    assert "/en/search/?theme=digital-connectivity" in links(html)  # of a practice with one of the words
    assert "/en/search/" in links(html)
    assert any("/en/alerts/" in link and "astronauts" in link for link in links(html))


def test_an_empty_answer_says_which_word_to_drop(client, content):
    def drops(**query):
        context = client.get("/en/search/", query).context
        return [(drop["label"], drop["url"], drop["count"]) for drop in context["drops"]]

    assert drops(q="rural astronauts") == [("astronauts", "/en/search/?q=rural", 2)]
    assert drops(q='broadband "blue astronauts"') == [('"blue astronauts"', "/en/search/?q=broadband", 1)]
    assert drops(q="broadband  -rural") == [("-rural", "/en/search/?q=broadband", 1)]
    assert drops(q="rural astronauts", country="TJ", synonyms="0") == [
        ("astronauts", "/en/search/?q=rural&country=TJ&synonyms=0", 1),
        ("rural astronauts", "/en/search/?country=TJ&synonyms=0", 1),
    ]
    assert drops(q="astronauts") == drops(q="blue astronauts") == []


def nearest(client, q, **more):
    answer = client.get("/en/search/", {"q": q} | more)
    return [link["url"] for link in answer.context["nearest"]]


def test_related_themes_come_from_what_the_text_is_about(client, content, tree):
    """Not from what it excludes, and not from words that every record has."""
    a_practice(tree.section("kazakhstan"), title="The hackers in the net", themes=["digital-skills"])
    about = ["/en/search/?theme=digital-connectivity"]
    assert nearest(client, "zzzz broadband") == nearest(client, "zzzz the broadband") == about
    assert nearest(client, '"zzzz broadband"') == about
    nothing = (
        "zzzz the",
        "zzzz -broadband",
        "broadband -rural",
        'zzzz -"rural broadband"',
        "zzzz -the",
        "THE a",
    )
    assert {q: nearest(client, q) for q in nothing} == {q: [] for q in nothing}
    for q in ("щщщщ и в на", "щщщщ который", "щщщщ -связь"):
        assert nearest(client, q) == []
    assert nearest(client, "щщщщ связь") == about


def test_related_themes_of_an_acronym_are_not_those_of_the_pronoun(client, tree):
    a_practice(tree.section("kazakhstan"), title="What it takes", themes=["digital-skills"])
    a_practice(tree.section("kazakhstan"), title="IT parks", themes=["digital-connectivity"])
    assert nearest(client, "zzzz IT") == ["/en/search/?theme=digital-connectivity"]
    assert nearest(client, "zzzz it") == []


def test_a_page_beyond_the_last_one_leads_back(client, tree):
    for number in range(21):
        a_practice(tree.section("kazakhstan"), title=f"Rural {number}")
    for query, last in (
        ("q=rural", "q=rural&page=2"),
        ("country=KZ&sort=title", "country=KZ&sort=title&page=2"),
    ):
        html = page(client, f"{query}&page=99")
        assert "The list has only 2 pages" in html
        assert f"/en/search/?{last}" in links(html)
        assert "No practice matches" not in html
        assert "No practice matches" not in page(client, last)
    assert "В списке всего 2 страницы" in page(client, "q=rural&page=99", "ru")
    assert "No practice matches" in page(client, "q=zzzz&page=99")


def test_one_letter_is_told(client, content):
    assert "/alerts/" not in page(client, "q=a")  # it would never find anything
    assert "One letter is too short to search for." in page(client, "q=a")
    assert "По одной букве искать нельзя." in page(client, "q=%D0%B8", "ru")


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
    # Twenty filters and six words are tried, however many there are.
    with django_assert_max_num_queries(170):
        assert client.get(f"/en/search/?q=nothing+at+all&{tags}").status_code == 200
