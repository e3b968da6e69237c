"""The slug of a new practice is the portal's own also where the browser would write one while the title is typed."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.editing import Editor
from tests.journeys.serving import Portal

SECTION = "/home/practices/kyrgyzstan/"
TITLE = "Хозяйства Ахангарана: как маленькие хозяйства получили связь в горах"
SLUG = "khozyaystva-akhangarana-kak-malenkie-khozyaystva-poluchili"


def test_a_slug_is_made_of_the_title_as_it_is_typed(portal: Portal, page: Page) -> None:
    author = Editor(page, portal, "focal-kyrgyzstan")
    author.go_to(f"pages/add/practices/practicepage/{portal.number_of(SECTION)}/")
    author.panel("title").get_by_role("textbox").press_sequentially(TITLE)
    author.press("Save draft")
    expect(page).to_have_url(re.compile("/edit/$"))
    page.reload()
    expect(page.locator("#id_slug")).to_have_value(SLUG)
