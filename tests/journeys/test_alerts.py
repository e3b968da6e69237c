"""A reader whose search finds nothing asks to be told, confirms from the mailbox, and unsubscribes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.judging import Watch, faults
from tests.journeys.serving import Portal

BUTTON = "main form[method=post] button[type=submit]"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_alert_from_search_to_farewell(portal: Portal, page: Page, language: str) -> None:
    watch, reader = Watch(page, portal), f"reader-{language}@example.org"
    page.goto(f"{portal.address}/{language}/search/?q=broadband&country=TM")
    page.locator(".results a[href*='/alerts/new/']").click()
    expect(page.locator(".lead")).to_contain_text("broadband")
    page.locator("#id_email").fill("nobody")
    page.locator(BUTTON).click()
    expect(page.locator("#id_email")).to_have_value("nobody")
    assert faults(page) == []
    page.locator("#id_email").fill(reader)
    page.locator(BUTTON).click()
    expect(page.get_by_role("status")).to_be_visible()

    [letter] = [mail for mail in portal.mails() if mail["To"] == reader]
    text = letter.get_body(("plain",)).get_content()
    page.goto(re.search(rf"^{portal.address}/{language}/alerts/[\w-]+/$", text, re.MULTILINE).group())
    see(page, lambda: expect(page.locator("button[value=confirm]")).to_be_visible())
    page.locator("button[value=confirm]").click()
    see(page, lambda: expect(page.get_by_role("status")).to_be_visible())
    page.goto(page.url.replace(f"/{language}/", "/") + "unsubscribe")
    see(page, lambda: expect(page.locator("html")).to_have_attribute("lang", language))
    page.locator(BUTTON).click()
    see(page, lambda: expect(page.get_by_role("status")).to_be_visible())
    assert watch.complaints == []


def see(page: Page, what: Callable[[], None]) -> None:
    """It is there, and nothing can be said against the page."""
    what()
    assert faults(page) == []
