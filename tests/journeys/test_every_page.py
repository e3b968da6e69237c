"""Every kind of page in both languages: axe finds nothing, nothing is too wide, nothing fails or asks another host."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.editing import Editor
from tests.journeys.judging import DESK, PHONE, Watch, faults, out_of_reach
from tests.journeys.serving import Portal

IN_BOTH = "practices/kyrgyzstan/tunduk-kyrgyzstan/"
DRAFT = "/home/practices/kyrgyzstan/karool-single-window-kyrgyzstan/"
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
    "contact form": ("practice/{key}/contact/", "form[method=post]"),
    "report form": ("practice/{key}/report/", "form[method=post]"),
    "sent": ("practice/{key}/contact/sent/", "[role=status]"),
    "review link": ("{review}", "[role=note]"),
    "review link that is over": ("review/none/", "h1"),
    "not found": ("nothing/here/", "main form[role=search]"),
}
NOT_FOUND = ("review link that is over", "not found")


@pytest.fixture(scope="module")
def placeholders(portal: Portal, browser: Browser) -> dict[str, str]:
    """The key of a practice, and the secret address of a draft, made as its author makes it."""
    context = browser.new_context(locale="en-GB")
    author = Editor(context.new_page(), portal, "focal-kyrgyzstan")
    author.go_to(f"practices/{portal.number_of(DRAFT)}/review-links/")
    author.page.get_by_role("button", name="Make a link").click()
    link = author.page.get_by_role("main").get_by_role("link", name="/review/").get_attribute("href")
    found = author.page.request.get(f"{portal.address}/api/v1/search?q=tunduk").json()["items"]
    context.close()
    return {"review": link.partition("/en/")[2], "key": found[0]["key"]}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page(portal: Portal, page: Page, placeholders: dict[str, str], name: str, language: str) -> None:
    path, mark = PAGES[name]
    status = 404 if name in NOT_FOUND else 200
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
    page.goto(f"{portal.address}/{language}/practice/{placeholders['key']}/contact/")
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


def test_the_description_of_the_api_comes_from_here(portal: Portal, page: Page) -> None:
    """Its page is django-ninja's; only where it loads from is ours to say."""
    watch = Watch(page, portal)
    page.goto(f"{portal.address}/api/v1/docs")
    expect(page.get_by_text("Find practices").first).to_be_visible()
    assert watch.complaints == []
