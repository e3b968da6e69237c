"""The form of the search page, with and without scripts: it keeps what was chosen and leads on where nothing is found."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.searching import SCRIPTS, asked, by_api, found
from tests.journeys.serving import Portal


def sort_by_title(page: Page, scripts: bool) -> None:
    """Choose the order; without scripts the button sends it."""
    page.locator("#sort").select_option("title")
    if not scripts:
        page.locator("#q").press("Enter")
    page.wait_for_url("**sort=title**")


@SCRIPTS
def test_an_empty_answer_says_what_to_drop(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.goto(f"{portal.address}/en/search/?q=broadband&country=TM")
    easier = reader.locator(".empty").get_by_role("link").first
    promised = int(re.search(r"\d+$", easier.inner_text()).group())
    easier.click()
    expect(reader.locator(".empty")).to_have_count(0)
    assert found(reader) == promised == by_api(reader, portal)


@SCRIPTS
def test_a_typing_error_is_put_right(portal: Portal, reader: Page, scripts: bool) -> None:
    """At once; and what was typed can be asked all the same."""
    reader.goto(f"{portal.address}/en/search/?q=brodband")
    expect(reader.locator("#q")).to_have_value("broadband")
    expect(reader.locator("#corrected")).to_contain_text("Showing results for broadband.")
    assert found(reader) > 0
    reader.get_by_role("link", name="Search instead for “brodband”").click()
    expect(reader.locator("#q")).to_have_value("brodband")
    assert found(reader) == 0


@SCRIPTS
def test_a_text_typed_on_the_list_of_the_newest_is_sorted_by_relevance(
    portal: Portal, reader: Page, scripts: bool
) -> None:
    reader.goto(f"{portal.address}/en/search/")
    expect(reader.locator("#sort option:checked")).to_have_text("Newest first")
    reader.locator("#q").fill("digital")
    reader.keyboard.press("Enter")
    expect(reader.locator("#count")).to_contain_text("for “digital”")
    expect(reader.locator("#sort option:checked")).to_have_text("Best match")
    assert asked(reader) == [("q", "digital")]
    if scripts:
        assert urlsplit(reader.url).query == "q=digital"


@SCRIPTS
def test_years_from_and_to(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.goto(f"{portal.address}/en/search/")
    reader.locator("details", has=reader.locator("#year_from")).locator("> summary").click()
    reader.locator("#year_from").fill("2019")
    reader.locator("#year_to").fill("2021")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("button", name="Remove: Start year to 2021")).to_be_visible()
    assert asked(reader) == [("year_from", "2019"), ("year_to", "2021")]
    assert found(reader) == by_api(reader, portal) > 0
    # A year that is taken away does not come back with the next choice.
    reader.get_by_role("button", name="Remove: Start year to 2021").click()
    expect(reader.locator("#year_to")).to_have_value("")
    sort_by_title(reader, scripts)
    assert asked(reader) == [("sort", "title"), ("year_from", "2019")]


@SCRIPTS
def test_what_is_switched_off_stays_so(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.goto(f"{portal.address}/en/search/?q=brodband&correct=0")
    sort_by_title(reader, scripts)
    assert asked(reader) == [("correct", "0"), ("q", "brodband"), ("sort", "title")]
    assert found(reader) == 0
    reader.goto(f"{portal.address}/en/search/?q=hackers&synonyms=0")
    sort_by_title(reader, scripts)
    assert asked(reader) == [("q", "hackers"), ("sort", "title"), ("synonyms", "0")]
    reader.get_by_role("link", name="Search for this as well").click()
    expect(reader.locator("#synonyms")).to_contain_text("Also searched for:")
    assert found(reader) > 0
