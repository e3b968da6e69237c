"""Text kept in the browser: how long, what is said where it cannot be kept, and what is typed before scripts have run."""

from playwright.sync_api import Page, expect

from tests.journeys.editing import Editor
from tests.journeys.keeping import KEPT, RECORDS, STATUS, Held, a_draft, is_kept, is_not_kept, kill

# Makes every kept draft older by that many milliseconds.
AGE = """(milliseconds) => new Promise((resolve) => {
  const request = indexedDB.open("local-drafts");
  request.onsuccess = () => {
    const transaction = request.result.transaction("drafts", "readwrite");
    const drafts = transaction.objectStore("drafts");
    const all = drafts.getAll();
    all.onsuccess = () => all.result.forEach((record) => drafts.put({ ...record, typed: record.typed - milliseconds }));
    transaction.oncomplete = () => resolve();
  };
})"""
DAY = 24 * 60 * 60 * 1000
WITHOUT_STORAGE = "IDBFactory.prototype.open = () => { throw new DOMException('Refused', 'SecurityError'); };"


def opened(page: Page, url: str) -> None:
    """Wait until what is kept has been offered."""
    page.goto(url)
    page.wait_for_function("() => window.localDrafts?.offered")


def test_unsent_text_is_offered_for_fourteen_days(author: Editor) -> None:
    url, page = a_draft(author, "Left for the summer"), author.page
    page.context.set_offline(True)
    author.write("summary", "Never sent")
    is_kept(page, "Never sent")
    page = kill(author)
    page.context.set_offline(False)
    opened(page, url)
    page.evaluate(AGE, 13.9 * DAY)
    opened(page, url)
    expect(page.locator(KEPT)).to_contain_text("Never sent")
    page.evaluate(AGE, 0.2 * DAY)
    opened(page, url)
    expect(page.locator(KEPT)).to_have_count(0)
    assert page.evaluate(RECORDS) == []


def test_where_nothing_can_be_kept_it_is_said_at_once(author: Editor) -> None:
    url, page = a_draft(author, "On a borrowed laptop"), author.page
    page.add_init_script(WITHOUT_STORAGE)
    page.goto(url)
    author.write("summary", "Typed without storage")
    expect(page.locator(STATUS)).to_contain_text("This browser cannot keep what you type. Save often.")
    page.context.set_offline(True)
    expect(page.locator(STATUS)).to_contain_text("You are offline, and this browser cannot keep your text.")
    author.foot().get_by_role("button", name="Save draft").last.click()
    expect(author.panel("summary").get_by_role("textbox")).to_have_value("Typed without storage")
    page.context.set_offline(False)
    author.press("Save draft")
    page.reload()
    expect(author.panel("summary").get_by_role("textbox")).to_have_value("Typed without storage")


def test_what_is_typed_at_once_on_an_existing_page_is_saved(author: Editor) -> None:
    url, page = a_draft(author, "Opened in a hurry"), author.page
    scripts = Held(page, "**/*.js")
    with page.expect_request("**/*.js"):
        page.goto(url, wait_until="commit")
    expect(page.locator("main")).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url == url):
        scripts.release()
        author.write("title", "Typed in a hurry")
    is_not_kept(page, "Typed in a hurry")
    page.reload()
    expect(author.panel("title").get_by_role("textbox")).to_have_value("Typed in a hurry")


def typed_and_lost(author: Editor, url: str, text: str) -> Page:
    """Open the form, leave what is offered there alone, type and close the browser before anything is saved."""
    opened(author.page, url)
    author.page.context.set_offline(True)
    author.write("summary", text)
    is_kept(author.page, text)
    page = kill(author)
    page.context.set_offline(False)
    return page


def test_two_lost_texts_stand_in_one_box_and_reloading_says_nothing_of_before(author: Editor) -> None:
    url, page = a_draft(author, "Lost twice"), author.page
    typed_and_lost(author, url, "Typed first")
    page = typed_and_lost(author, url, "Typed second")
    opened(page, url)
    box = page.locator(KEPT)
    expect(box).to_have_count(1)
    expect(box.locator("> div")).to_contain_text("Typed second")
    earlier = box.locator("details")
    expect(earlier).to_have_count(1)
    expect(earlier.get_by_text("Typed first")).to_be_hidden()
    earlier.locator("summary").click()
    expect(earlier).to_contain_text("Typed first")
    with page.expect_navigation():
        earlier.get_by_role("button", name="Restore").click()
    field = author.panel("summary").get_by_role("textbox")
    expect(field).to_have_value("Typed first")
    expect(page.locator(".messages")).to_contain_text("is in the form again, and is saved.")
    page.reload()
    expect(field).to_have_value("Typed first")
    expect(page.locator(".messages")).not_to_contain_text("is in the form again")
    expect(box.get_by_text("Typed second")).to_have_count(1)  # still offered, as nobody has discarded it
