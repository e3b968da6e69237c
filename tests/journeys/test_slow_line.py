"""What a focal point far from the capital meets: each request takes seconds, and nothing may be lost or made twice by it."""

from playwright.sync_api import Page, Request, expect

from tests.journeys.editing import Editor
from tests.journeys.serving import Portal

SECTION = "/home/practices/kyrgyzstan/"
LATENCY = 3000
TYPED = "Nothing is lost."


def slow_down(page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
    wire.send("Network.emulateNetworkConditions", conditions)


def makes_the_page(request: Request) -> bool:
    return request.method == "POST" and "/add/" in request.url


def test_what_is_sent_while_an_autosave_is_under_way_is_saved_once(portal: Portal, page: Page) -> None:
    author = Editor(page, portal, "focal-kyrgyzstan")
    section = portal.number_of(SECTION)
    author.go_to(f"pages/add/practices/practicepage/{section}/")
    slow_down(page)
    with page.expect_request(makes_the_page):
        author.write("title", "Satellites")
    author.panel("summary").get_by_role("textbox").click()
    page.keyboard.type(TYPED)
    author.press("Save draft")
    expect(author.panel("title").get_by_role("textbox")).to_have_value("Satellites")
    expect(author.panel("summary").get_by_role("textbox")).to_have_value(TYPED)
    expect(page.locator(".error-message")).to_have_count(0)

    author.go_to(f"pages/{section}/")
    expect(page.get_by_role("link", name="Satellites")).to_have_count(1)
