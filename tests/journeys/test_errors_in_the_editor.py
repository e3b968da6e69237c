"""What is wrong is said where one looks, in both languages, and is no longer said once it is right."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.editing import Editor
from tests.journeys.serving import Portal

SECTION = "/home/practices/kyrgyzstan/"
SUMMARY = ".error-summary"
NEEDED = "Needed before review and publication."
# At both its ends a tab is what one would hit there, and no panel that lies over it; nothing has been scrolled for that.
ALL_TABS_IN_SIGHT = """() => {
  const tabs = [...document.querySelectorAll("[role=tab]")].filter((tab) => tab.getClientRects().length);
  return tabs.length > 3 && tabs.every((tab) => {
    const { left, right, top, bottom } = tab.getBoundingClientRect();
    return [left + 2, right - 2].every((x) => tab.contains(document.elementFromPoint(x, (top + bottom) / 2)));
  });
}"""


@pytest.fixture
def author(portal: Portal, page: Page) -> Editor:
    author = Editor(page, portal, "focal-kyrgyzstan")
    author.go_to(f"pages/add/practices/practicepage/{portal.number_of(SECTION)}/")
    return author


def badge(author: Editor, tab: str):
    return author.page.locator(f"#tab-label-{tab} [data-w-count-target=total]")


def test_nothing_that_is_pasted_is_cut(author: Editor) -> None:
    """The field is named while autosave pauses; the counter says by how much it is too long."""
    page = author.page
    for name, kind, length, limit in (("summary", "textarea", 5000, 500), ("title", "input", 121, 120)):
        field = author.panel(name).locator(kind).first
        field.click()
        page.keyboard.insert_text("я" * length)
        expect(field).to_have_value("я" * length)
        expect(author.panel(name)).to_contain_text(
            f"Too long by {length - limit}: {length} characters of at most {limit}"
        )
    expect(page.locator("footer")).to_contain_text("Summary: Ensure this value has at most 500 characters")
    expect(page.locator("footer")).to_contain_text("Title: Ensure this value has at most 120 characters")
    block = author.add_block("sources")
    field = block.get_by_role("textbox", name="Title")
    field.click()
    page.keyboard.insert_text("я" * 3000)
    expect(field).to_have_value("я" * 3000)
    expect(block).to_contain_text("Too long by")


def test_marks_meter_and_badges_follow_autosave(author: Editor) -> None:
    page = author.page
    author.write("title", "A bridge of balloons")
    author.add_block("sources")
    author.press("Send for review")
    expect(author.messages).to_contain_text("could not be")
    expect(page.locator(SUMMARY)).to_contain_text(f"Summary: {NEEDED}")
    expect(page.locator(SUMMARY)).to_contain_text("Sources › Title: This field is required.")
    expect(badge(author, "snapshot")).to_have_text(str(page.locator(f"{SUMMARY} li").count()))
    # An autosave that changes none of this says nothing of it.
    author.write("title", "A bridge of balloons and ropes")
    expect(author.messages).to_contain_text("Saved as a draft, but not sent")
    expect(page.locator(SUMMARY)).to_contain_text(f"Summary: {NEEDED}")

    before = page.locator(".meter b").first.inner_text()
    author.write_in(author.panel("sources").locator("[data-streamfield-child]").last, "Title", "Report")
    author.write("summary", "It carries a signal over the gorge.")
    expect(page.locator(SUMMARY)).not_to_contain_text("Summary:")
    expect(page.locator(SUMMARY)).not_to_contain_text("Sources")
    expect(page.locator(SUMMARY)).to_contain_text(f"Themes: {NEEDED}")
    expect(author.panel("summary")).not_to_contain_text(NEEDED)
    expect(author.panel("themes")).to_contain_text(NEEDED)
    expect(page.locator(".meter b").first).not_to_have_text(before)
    expect(author.messages).not_to_contain_text("could not be")
    expect(badge(author, "snapshot")).to_have_text(str(page.locator(f"{SUMMARY} li").count()))


def test_a_field_in_a_group_is_named_itself(author: Editor) -> None:
    """Not its group alone; and its mark stays while another field of the group is changed."""
    page = author.page
    author.write("title", "A tower of tents")
    page.get_by_role("tab", name="Facts").click()
    page.get_by_label("Latitude").fill("42,1")  # which a number field of the browser would not take
    page.get_by_label("End year").fill("2020")
    page.get_by_label("Start year").fill("2021")
    author.press("Save draft")
    for named in ("Where › Longitude: Latitude and longitude", "When › End year: The end year is before"):
        expect(page.locator(SUMMARY)).to_contain_text(named)
    expect(page.get_by_label("Latitude")).to_have_value("42.1")
    page.get_by_role("tab", name="Facts").click()
    page.get_by_label("Longitude").fill("−76,5°")
    page.get_by_label("End year").fill("2022")
    author.press("Save draft")
    page.reload()
    expect(page.get_by_label("Latitude")).to_have_value(re.compile(r"^42\.10*$"))
    expect(page.get_by_label("Longitude")).to_have_value(re.compile(r"^-76\.50*$"))


def test_the_same_title_twice(author: Editor, portal: Portal) -> None:
    """It gets a slug of its own, and the other page is named below the title; where somebody types the other's slug, the open
    tab says which page has it, with a link and a free one."""
    page = author.page
    for _ in range(2):
        author.go_to(f"pages/add/practices/practicepage/{portal.number_of(SECTION)}/")
        author.panel("title").get_by_role("textbox").press_sequentially("The same title")
        author.press("Save draft")
        expect(page).to_have_url(re.compile("/edit/$"))
    notice = page.locator(".same-title")
    expect(notice).to_contain_text("This page gets the free slug “the-same-title-2”")
    expect(notice.get_by_role("link", name="The same title")).to_have_attribute("href", re.compile("/edit/$"))
    author.panel("title").get_by_role("textbox").fill("Another title")
    expect(notice).to_be_hidden()
    author.panel("title").get_by_role("textbox").fill("THE SAME TITLE")
    expect(notice).to_contain_text("Another page of this section has the same title")
    page.get_by_role("tab", name="Care").click()
    page.locator("#id_slug").fill("the-same-title")
    author.press("Save draft")
    expect(page.locator(SUMMARY)).to_contain_text("“the-same-title-2” is free")
    expect(page.locator(SUMMARY).get_by_role("link", name="The same title")).to_have_attribute(
        "href", re.compile("/edit/$")
    )

    author.go_to(f"pages/{portal.number_of(SECTION + 'the-same-title/')}/copy/")
    slug = page.get_by_label("New slug")
    expect(slug).not_to_have_value("the-same-title")
    slug.fill("the-same-title")
    page.get_by_role("button", name="Copy this page").click()
    expect(page.locator(SUMMARY)).to_contain_text("New slug: The slug “the-same-title” is taken")


@pytest.mark.browser_context_args(locale="ru-RU")
def test_all_tabs_are_in_sight_beside_an_open_panel_in_russian(page: Page, portal: Portal) -> None:
    """Of somebody whose interface is Russian."""
    author = Editor(page, portal, "focal-kazakhstan", "ru")
    author.go_to(f"pages/add/practices/practicepage/{portal.number_of('/home/practices/kazakhstan/')}/")
    author.panel("title").get_by_role("textbox").press_sequentially("A page with many tabs")
    author.press("Save draft")
    expect(page).to_have_url(re.compile("/edit/$"))
    editor = page.url
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(editor)
        # On a phone the panel lies over everything, and Wagtail remembers that it was open.
        page.locator("[data-side-panel-toggle=status]").click()
        expect(page.locator("[data-side-panel=status]")).to_be_visible(visible=width > 800)
        if width > 800:
            page.wait_for_function(ALL_TABS_IN_SIGHT)
        for tab in page.get_by_role("tab").all():
            tab.click()
            expect(tab).to_have_attribute("aria-selected", "true")
