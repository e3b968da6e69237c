"""What a focal point far from the capital meets: each request takes seconds, and nothing may be lost or made twice by it."""

from playwright.sync_api import Page, Request, TimeoutError, expect

from tests.journeys.editing import Editor
from tests.journeys.serving import Portal

SECTION = "/home/practices/kyrgyzstan/"
LATENCY = 3000


def slow_down(page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
    wire.send("Network.emulateNetworkConditions", conditions)


def makes_the_page(request: Request) -> bool:
    return request.method == "POST" and "/add/" in request.url


def type_until_it_is_saved(page: Page) -> str:
    """Sentence after sentence until an autosave has been sent, which comes with a pause; out: what was typed."""
    typed = ""
    for _ in range(10):
        typed += "Nothing is lost. "
        try:
            with page.expect_request(makes_the_page, timeout=LATENCY):
                page.keyboard.type("Nothing is lost. ")
        except TimeoutError:
            continue
        return typed.rstrip()
    raise AssertionError("No autosave has been sent")


def test_what_is_sent_while_an_autosave_is_under_way_is_saved_once(own_portal: Portal, page: Page) -> None:
    author = Editor(page, own_portal, "focal-kyrgyzstan")
    section = own_portal.number_of(SECTION)
    author.go_to(f"pages/add/practices/practicepage/{section}/")
    author.write("title", "Satellites")
    slow_down(page)
    author.panel("summary").get_by_role("textbox").click()
    typed = type_until_it_is_saved(page)
    author.press("Save draft")
    expect(author.panel("title").get_by_role("textbox")).to_have_value("Satellites")
    expect(author.panel("summary").get_by_role("textbox")).to_have_value(typed)
    expect(page.locator(".error-message")).to_have_count(0)

    author.go_to(f"pages/{section}/")
    expect(page.get_by_role("link", name="Satellites")).to_have_count(1)
