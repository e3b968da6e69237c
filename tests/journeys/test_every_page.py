"""Every kind of page in both languages: axe finds nothing, nothing is too wide, nothing fails or asks another host."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.judging import DESK, NARROWEST, PHONE, Watch, faults, out_of_reach, too_wide
from tests.journeys.pages import PAGES, STATUS
from tests.journeys.serving import Portal

# Every text that somebody wrote, with what the portal itself says between them: its buttons and closed lists aside.
REMEMBER_TEXTS = """() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const own = "button:not(.chip), select, script, .button, .pages, .status, .language, .glyph--code, svg";
  window.written = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.trim() && !text.parentElement.closest(own)) written.push([text, text.data.trim()]);
  }
  return written.length;
}"""
LENGTHEN = "([times, word]) => written.forEach(([text, was]) => text.data = `${was} `.repeat(times) + word)"
# How often each text is said, and the word at its end.
LONGER = {"eight times": [8, ""], "a long Latin word": [1, "w" * 90], "a long Cyrillic word": [1, "щ" * 90]}


@pytest.fixture(scope="module")
def visitor(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One reader who looks at all pages, and whose browser keeps scripts and styles meanwhile."""
    with browser.new_context(**browser_context_args) as context:
        yield context


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    with visitor.new_page() as page:
        yield page


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page(portal: Portal, page: Page, placeholders: dict[str, str], name: str, language: str) -> None:
    path, mark = PAGES[name]
    status = STATUS.get(name, 200)
    watch = Watch(page, portal, status=status)
    answer = page.goto(f"{portal.address}/{language}/{path.format(**placeholders)}")
    assert answer.status == status
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(mark).first).to_be_visible()
    assert faults(page) == []
    assert watch.complaints == []


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", PAGES)
def test_longer_texts_make_no_page_wider_than_the_smallest_phone(
    portal: Portal, page: Page, placeholders: dict[str, str], name: str, language: str
) -> None:
    """Whatever people write, and however long the words of a translation are: titles, tags, organisations, queries."""
    page.set_viewport_size(NARROWEST)
    page.goto(f"{portal.address}/{language}/{PAGES[name][0].format(**placeholders)}")
    assert page.evaluate(REMEMBER_TEXTS)
    for longer, text in LONGER.items():
        page.evaluate(LENGTHEN, text)
        assert too_wide(page) == [], longer


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", ["front", "search with filters", "practice", "country", "contact form"])
def test_the_keyboard_reaches_everything(
    portal: Portal, page: Page, placeholders: dict[str, str], name: str, size: ViewportSize
) -> None:
    """In turn, and one always sees where one is."""
    page.set_viewport_size(size)
    page.goto(f"{portal.address}/en/{PAGES[name][0].format(**placeholders)}")
    assert out_of_reach(page) == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_form_with_errors(portal: Portal, page: Page, placeholders: dict[str, str], language: str) -> None:
    """What was typed is still there, and each error leads to its field."""
    watch = Watch(page, portal)
    page.goto(f"{portal.address}/{language}/record/{placeholders['key']}/contact/")
    page.locator("#id_text").fill("Too short")
    page.locator("#id_sender_email").fill("nobody")
    page.get_by_role("main").locator("button[type=submit]").click()
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link")).to_have_count(3)
    expect(page.locator("#id_text")).to_have_value("Too short")
    assert faults(page) == []
    alert.get_by_role("link").last.click()
    expect(page.locator("#id_sender_email")).to_be_focused()
    assert watch.complaints == []
