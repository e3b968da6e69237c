"""Practices side by side: what differs is marked, the address can be sent on, and nothing in it breaks the page."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.comparison import compare_url
from tests.factories import a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def pair(tree):
    first = a_practice(
        tree.section("kazakhstan"), title="Fibre", themes=["digital-connectivity", "digital-skills"], start_year=2019,
        cost_range="1m-10m", currency="USD", status="scaled", difficulties="<p>Winter came early.</p>",
    )  # fmt: skip
    second = a_practice(
        tree.section("tajikistan"), title="Radio", themes=["digital-connectivity"], start_year=2021, status="scaled",
    )  # fmt: skip
    a_translation(second, title="Радио")
    return [first, second]


def shown(client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows(page: BeautifulSoup) -> dict[str, list[list[tuple[str, bool]]]]:
    """Row -> for each practice its lines, and whether each is marked as not shared."""
    found = {}
    for body in page.select("table.compare tbody"):
        if cells := body.find_all("td"):
            name = body.find("th").find(string=True, recursive=False).strip()
            found[name] = [
                [(line.get_text(strip=True), "only" in line.get("class", [])) for line in cell.find_all("p")]
                for cell in cells
            ]
    return found


def keys(practices):
    return [practice.translation_key for practice in practices]


def test_what_only_some_have_is_marked_and_what_one_does_not_say_is_said(client, pair):
    found = rows(shown(client, compare_url(keys(pair))))
    assert found["Status"] == [[("Scaled up", False)], [("Scaled up", False)]]
    assert found["Years"] == [[("since 2019", True)], [("since 2021", True)]]
    assert found["Theme"][0] == [("Digital connectivity", False), ("Digital skills", True)]
    assert found["What it cost"] == [[("1 to 10 million USD", True)], [("not stated", False)]]
    assert found["What failed, and what was difficult"][0] == [("Winter came early.", False)]
    assert "Legal context" not in found, "what none of them says is left out"


def test_only_the_differences_can_be_shown(client, pair):
    page = shown(client, compare_url(keys(pair)))
    narrow = rows(shown(client, page.find("a", string="Show only what differs")["href"]))
    assert "Years" in narrow
    assert "Status" not in narrow
    assert "Lessons" not in narrow


def test_it_is_in_the_readers_language_and_texts_of_another_are_marked(client, pair):
    page = shown(client, compare_url(keys(pair)).replace("/en/", "/ru/"))
    heads = [head.a for head in page.select("thead th")]
    assert [(head.get_text(), head.get("lang")) for head in heads] == [("Fibre", "en"), ("Радио", None)]
    assert page.find("p", string="Winter came early.").parent["lang"] == "en"


def test_a_third_is_added_and_one_taken_away_by_a_link(client, pair, tree):
    third = a_practice(tree.section("kazakhstan"), title="Balloons")
    page = shown(client, compare_url(keys(pair), find="balloons"))
    added = shown(client, page.select_one(".addable a")["href"])
    assert [head.a.get_text() for head in added.select("thead th")] == ["Fibre", "Radio", third.title]
    fewer = shown(client, added.select("thead a.small")[0]["href"])
    assert [head.a.get_text() for head in fewer.select("thead th")] == ["Radio", "Balloons"]


def test_what_is_not_public_is_left_out_and_said(client, pair):
    pair[0].unpublish()
    page = shown(client, compare_url(keys(pair)))
    assert "Practices that are no longer public are left out." in page.get_text()
    assert [head.a.get_text() for head in page.select("thead th")] == ["Radio"]


def test_four_at_most(client, tree):
    five = [a_practice(tree.section("kazakhstan"), title=f"No {number}") for number in range(5)]
    page = shown(client, compare_url(keys(five)))
    assert len(page.select("thead th")) == 4
    assert "The first four are shown." in page.get_text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.text(max_size=40), st.uuids().map(str)), max_size=6), st.text(max_size=30))
def test_no_address_breaks_it(client, db, asked, find):
    assert client.get("/en/search/compare/", {"key": asked, "find": find}).status_code == 200


def test_a_ticked_card_is_compared_and_is_no_part_of_the_query(client, pair):
    page = shown(client, "/en/search/")
    boxes = page.select("input[name=key]")
    assert {box["value"] for box in boxes} == {str(key) for key in keys(pair)}
    form = page.find("form", id=boxes[0]["form"])
    assert form["action"] == "/en/search/compare/"
    assert form["id"] != "search"
    assert not form.find_parent("form")
