"""Every kind of page in both languages: axe finds nothing, nothing is too wide, nothing fails or asks another host."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.editing import Editor
from tests.journeys.judging import DESK, PHONE, Watch, faults, out_of_reach
from tests.journeys.serving import Portal

IN_BOTH = "practices/kyrgyzstan/tunduk-kyrgyzstan/"
DRAFT = "/home/practices/kyrgyzstan/karool-single-window-kyrgyzstan/"
WITHDRAWN = "practices/kyrgyzstan/once-upon-a-time/"
IN_ENGLISH_ONLY = "practices/kazakhstan/astana-hub/"
# Its address, and what stands on it that makes it a page of this kind.
PAGES = {
    "front": ("", ".hero"),
    "search": ("search/", ".facet"),
    "search for words": ("search/?q=school+connectivity", ".results mark"),
    "search with filters": (
        "search/?country=KG&country=KZ&theme=e-government&all=theme&sort=title",
        ".chips",
    ),
    "search that finds nothing": ("search/?q=broadband&country=TM", ".empty .chip"),
    "search with a typing error": ("search/?q=brodband", "#results p a[href$='q=broadband']"),
    "search that is not understood": ("search/?country=XX&page=0", ".notice--warning"),
    "comparison": ("search/compare/?key={key}&key={other}", "table.compare"),
    "comparison of nothing": ("search/compare/?find=school", ".addable"),
    "gaps": ("search/gaps/", "table.gaps"),
    "gaps by status": ("search/gaps/?by=status&status=scaled&status=nonsense", ".gaps__part"),
    "finder": ("search/finder/", "input[type=radio]"),
    "finder without an answer": ("search/finder/?problem=skills&asked=whom", ".field__error"),
    "withdrawn practice": (WITHDRAWN, "h1"),
    "practice": (IN_BOTH, ".story"),
    "practice in one language": (IN_ENGLISH_ONLY, ".story"),
    "practices": ("practices/", ".places"),
    "country": ("practices/kyrgyzstan/", ".stats"),
    "experts": ("practices/international/", ".card"),
    "collections": ("collections/", ".collection"),
    "collection": ("collections/connecting-the-last-mile/", ".card__note"),
    "collection with a question": ("collections/digital-skills-for-women/", "a[href*='beneficiary=women']"),
    "about": ("about/", "article"),
    "privacy": ("privacy/", "article"),
    "accessibility": ("accessibility/", "article"),
    "contact form": ("record/{key}/contact/", "form[method=post]"),
    "report form": ("record/{key}/report/", "form[method=post]"),
    "adoption form": ("record/{key}/adopted/", "form[method=post]"),
    "sent": ("record/{key}/contact/sent/", "[role=status]"),
    "alert form": ("alerts/new/?q=school&theme=e-government", "form[method=post]"),
    "alert asked for": ("alerts/asked/?q=school", "[role=status]"),
    "alert that is gone": ("alerts/none/", "[role=status]"),
    "review link": ("{review}", "[role=note]"),
    "review link that is over": ("review/none/", "h1"),
    "not found": ("nothing/here/", "main form[role=search]"),
}
# What a page answers with where it is not 200.
STATUS = {"withdrawn practice": 410, "review link that is over": 404, "not found": 404}


@pytest.fixture(scope="module")
def visitor(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One reader who looks at all pages, and whose browser keeps scripts and styles meanwhile."""
    with browser.new_context(**browser_context_args) as context:
        yield context


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    with visitor.new_page() as page:
        yield page


@pytest.fixture(scope="module")
def placeholders(portal: Portal, browser: Browser) -> dict[str, str]:
    """The keys of two practices, an address at which one once was, and the secret one of a draft, made by its author."""
    context = browser.new_context(locale="en-GB")
    author = Editor(context.new_page(), portal, "focal-kyrgyzstan")
    author.go_to(f"practices/{portal.number_of(DRAFT)}/review-links/")
    author.page.get_by_role("button", name="Create a link").click()
    link = author.page.get_by_role("main").get_by_role("link", name="/review/").get_attribute("href")
    found = author.page.request.get(f"{portal.address}/api/v1/search?q=X-Road").json()["items"]
    context.close()
    with closing(sqlite3.connect(portal.folder / "portal.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO indexing_formerpath (path, key) VALUES (?, ?)", [WITHDRAWN, uuid4().hex]
        )
    return {"review": link.partition("/en/")[2], "key": found[0]["key"], "other": found[1]["key"]}


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
