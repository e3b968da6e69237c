"""A query narrowed down by keyboard alone, on a phone, and without scripts: the same address, the same answer each time."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.judging import PHONE, violations
from tests.journeys.searching import SCRIPTS, asked, by_api, found
from tests.journeys.serving import Portal


def practices(page: Page) -> set[str]:
    """The addresses of those shown, without their language."""
    links = page.locator("#results article h3 a")
    return set(links.evaluate_all("links => links.map(link => link.pathname.slice(3))"))


def tab_to(page: Page, wanted: Locator) -> int:
    """Press Tab until it has the focus; out: how often."""
    for times in range(1, 60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return times
    raise AssertionError(f"{wanted} is out of reach")


def go(page: Page, where: str) -> None:
    """As by the browser's own button; Playwright's waits for one load, and here a second may follow."""
    page.wait_for_load_state()
    page.evaluate(f"history.{where}()")


def test_search_by_keyboard(portal: Portal, page: Page) -> None:
    page.goto(f"{portal.address}/en/search/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()

    kyrgyzstan, kazakhstan = page.locator("#country-kg"), page.locator("#country-kz")
    tab_to(page, kyrgyzstan)
    promised = int(page.locator("label", has=kyrgyzstan).locator(".count").inner_text())
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("country=KG"))
    expect(page.locator("#said")).to_contain_text(f"{promised} practices")
    assert found(page) == promised == by_api(page, portal)
    expect(kyrgyzstan).to_be_checked()
    expect(kyrgyzstan).to_be_focused()

    tab_to(page, kazakhstan)
    page.keyboard.press("Space")
    expect(page.get_by_role("list", name="Chosen filters").get_by_role("button")).to_have_count(2)
    assert ("country", "KG") in asked(page)
    assert ("country", "KZ") in asked(page)
    assert found(page) == by_api(page, portal) > promised
    expect(kazakhstan).to_be_focused()

    tab_to(page, page.get_by_role("button", name="Remove: Country Kyrgyzstan"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Chosen filters").get_by_role("button")).to_have_count(1)
    expect(kyrgyzstan).not_to_be_checked()
    assert asked(page) == [("country", "KZ")]
    assert found(page) == by_api(page, portal)


def test_the_answer_comes_without_a_new_page(portal: Portal, page: Page) -> None:
    """And what a reader types or opens meanwhile stays; going back asks what was asked before."""
    page.goto(f"{portal.address}/en/search/")
    page.evaluate("window.stayed = true")
    page.locator("details", has=page.locator("#facet-tag")).locator("> summary").click()
    page.locator("#country-kg").check()
    expect(page).to_have_url(re.compile("country=KG"))
    first = found(page)
    page.locator("#theme-digital-connectivity").check()
    expect(page).to_have_url(re.compile("theme=digital-connectivity"))
    expect(page.locator("#count")).not_to_have_text(f"{first} practices")
    assert page.evaluate("window.stayed")
    expect(page.locator("#facet-tag")).to_be_visible()

    go(page, "back")
    expect(page.locator("#count")).to_contain_text(f"{first} practices")
    expect(page.locator("#country-kg")).to_be_checked()
    expect(page.locator("#theme-digital-connectivity")).not_to_be_checked()
    go(page, "forward")
    expect(page.locator("#theme-digital-connectivity")).to_be_checked()
    go(page, "back")
    expect(page.locator("#theme-digital-connectivity")).not_to_be_checked()
    go(page, "back")
    expect(page.locator("#country-kg")).not_to_be_checked()
    assert asked(page) == []


@SCRIPTS
def test_a_query_step_by_step(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.goto(f"{portal.address}/en/")
    reader.locator("main input[name=q]").fill("digital")
    reader.keyboard.press("Enter")
    expect(reader.locator("#count")).to_contain_text("for “digital”")
    everything = found(reader)

    reader.locator("#country-kg").check()
    if not scripts:
        reader.get_by_role("button", name="Search").click()
    expect(reader.get_by_role("button", name="Remove: Country Kyrgyzstan")).to_be_visible()
    assert asked(reader) == [("country", "KG"), ("q", "digital")]
    assert found(reader) == by_api(reader, portal) < everything

    reader.locator("#sort").select_option("title")
    if not scripts:
        reader.get_by_role("button", name="Search").click()
    expect(reader).to_have_url(re.compile("sort=title"))
    titles = reader.locator("#results article h3").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)

    shown = practices(reader)
    reader.get_by_role("navigation", name="Language").get_by_role("link").click()
    expect(reader.locator("html")).to_have_attribute("lang", "ru")
    assert urlsplit(reader.url).path == "/ru/search/"
    assert asked(reader) == [("country", "KG"), ("q", "digital"), ("sort", "title")]
    assert practices(reader) == shown
    expect(reader.locator("#q")).to_have_value("digital")
    reader.go_back()

    reader.get_by_role("button", name="Remove: Country Kyrgyzstan").click()
    expect(reader.locator("#country-kg")).not_to_be_checked()
    assert asked(reader) == [("q", "digital"), ("sort", "title")]
    assert found(reader) == everything


def test_what_is_chosen_before_all_has_loaded_is_asked(
    portal: Portal, new_context: Callable[..., BrowserContext]
) -> None:
    """As on a slow line, where a picture may take longer than the reader."""
    reader, held = new_context().new_page(), []
    reader.route("**/logo*.svg", lambda route: held.append(route))
    reader.goto(f"{portal.address}/en/search/?q=digital", wait_until="domcontentloaded")
    reader.locator("#country-kg").check()
    assert reader.evaluate("document.readyState") == "interactive"
    assert held
    for picture in held:
        picture.continue_()
    expect(reader.get_by_role("button", name="Remove: Country Kyrgyzstan")).to_be_visible()


@SCRIPTS
def test_filters_on_a_phone(portal: Portal, reader: Page, scripts: bool) -> None:
    """They lie in a sheet, which is opened and closed without scripts too."""
    reader.set_viewport_size(PHONE)
    reader.goto(f"{portal.address}/en/search/?q=digital")
    sheet, box = reader.locator("#filters"), reader.locator("#country-kg")
    expect(box).to_be_hidden()
    reader.get_by_role("button", name="Filters").click()
    expect(box).to_be_visible()
    if scripts:
        assert violations(reader) == []
    promised = int(reader.locator("label", has=box).locator(".count").inner_text())
    box.check()
    show = sheet.get_by_role("button", name="Show")
    if scripts:
        expect(show).to_have_text(f"Show {promised} practices")
        expect(box).to_be_visible()
    show.click()
    expect(box).to_be_hidden()
    expect(reader.locator("#count")).to_contain_text(f"{promised} practices")
    assert asked(reader) == [("country", "KG"), ("q", "digital")]
    reader.get_by_role("button", name="Filters (1)").click()
    expect(box).to_be_checked()
    sheet.get_by_role("button", name="Close").click()
    expect(box).to_be_hidden()


@SCRIPTS
def test_the_menu_on_a_phone(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.set_viewport_size(PHONE)
    reader.goto(f"{portal.address}/en/")
    collections = reader.get_by_role("navigation", name="Main menu").get_by_role("link", name="Collections")
    expect(collections).to_be_hidden()
    reader.get_by_role("button", name="Menu").click()
    expect(collections).to_be_visible()
    if scripts:
        assert violations(reader) == []
    collections.click()
    expect(reader).to_have_url(f"{portal.address}/en/collections/")


@SCRIPTS
def test_page_after_page(portal: Portal, reader: Page, scripts: bool) -> None:
    """All practices pass by once."""
    reader.goto(f"{portal.address}/en/search/")
    titles = reader.locator("#results article h3")
    seen = titles.all_inner_texts()
    while (following := reader.get_by_role("link", name="Next")).count():
        number = reader.locator("nav.pages [aria-current]").inner_text()
        following.click()
        expect(reader.locator("nav.pages [aria-current]")).not_to_have_text(number)
        seen += titles.all_inner_texts()
    assert len(seen) == len(set(seen)) == found(reader) == by_api(reader, portal)


@SCRIPTS
def test_a_message_reaches_its_people(portal: Portal, reader: Page, scripts: bool) -> None:
    """Refused first, with what was typed still there."""
    reader.goto(f"{portal.address}/en/practices/kyrgyzstan/tunduk-kyrgyzstan/")
    reader.get_by_role("link", name="Ask the people behind it").first.click()
    text = f"How many agencies were connected in the first year, and by whom? {scripts}"
    reader.get_by_label("Your message").fill(text)
    reader.get_by_label("Your name").fill("A reader")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("alert")).to_contain_text("Your e-mail address")
    expect(reader.get_by_label("Your message")).to_have_value(text)
    reader.get_by_label("Your e-mail address").fill("reader@example.org")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("status")).to_contain_text("Thank you")
    (mail,) = [mail for mail in portal.mails() if text in mail.get_body(("plain",)).get_content()]
    assert mail["Reply-To"] == "A reader <reader@example.org>"
