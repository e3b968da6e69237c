"""What is typed in the admin outlives a lost connection, a killed tab and a lost session.

Playwright's routes hold back scripts and requests; nothing depends on how fast the machine is.
"""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.editing import Editor
from tests.journeys.keeping import (
    KEPT,
    PASS_OFF,
    RECORDS,
    STATUS,
    STORED,
    Held,
    a_draft,
    add_url,
    is_kept,
    is_not_kept,
    is_stored_sealed,
    kill,
)
from tests.journeys.serving import Portal

EMPTY_FROM_SERVER = (
    '{"blocks": [{"key": "ctfmu", "type": "unstyled", "depth": 0, "text": ""}], "entityMap": {}}'
)
Contexts = Callable[..., BrowserContext]


def test_what_is_typed_as_soon_as_the_form_is_there_is_saved(author: Editor) -> None:
    """On a new page too. Without its scripts there is no form in which one could type."""
    page = author.page
    scripts = Held(page, "**/*.js")
    with page.expect_request("**/*.js"):
        page.goto(f"{author.portal.address}/admin/{add_url(author)}", wait_until="commit")
    expect(page.locator("main")).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/add/" in answer.url):
        scripts.release()
        author.write("title", "Typed at once")
    expect(page).to_have_url(re.compile("/edit/$"))
    is_not_kept(page, "Typed at once")
    page.reload()
    expect(author.panel("title").get_by_role("textbox")).to_have_value("Typed at once")


def write_into_every_kind_of_field(author: Editor) -> None:
    author.write("summary", "Typed on the pass")
    author.panel("challenge").get_by_role("textbox").first.press_sequentially("No signal.")
    author.panel("themes").get_by_label("Digital connectivity").check()
    author.panel("status").get_by_role("combobox").select_option("Ongoing")
    block = author.add_block("approach", "Building block")
    author.write_in(block, "Building block", "A mast that travels")
    author.write_in(author.add_block("organisations", "Lead organisation"), "Organisation", "  ")


def test_a_killed_tab_and_no_network(author: Editor) -> None:
    """Every kind of field comes back, beside what the server has; then it is saved like anything else."""
    url, page = a_draft(author, "Masts for the summer camps"), author.page
    page.context.set_offline(True)
    expect(page.locator(STATUS)).to_contain_text("You are offline. Your text is kept in this browser.")
    write_into_every_kind_of_field(author)
    author.foot().get_by_role("button", name="Save draft").last.click()
    expect(page).to_have_url(url)
    # Sooner than Wagtail's own half minute.
    expect(page.locator("footer")).not_to_contain_text("Saving…", timeout=10_000)
    expect(author.panel("summary").get_by_role("textbox")).to_have_value("Typed on the pass")
    is_kept(page, "A mast that travels")
    is_stored_sealed(page, "Typed on the pass", "A mast that travels", "Masts for the summer camps")

    page = kill(author)
    page.context.set_offline(False)
    page.goto(f"{author.portal.address}/admin/")
    expect(page.locator(KEPT)).to_contain_text("Masts for the summer camps")
    page.goto(url)
    for text in ("Summary", "Typed on the pass", "No signal.", "A mast that travels", "Ongoing"):
        expect(page.locator(KEPT)).to_contain_text(text)
    expect(page.locator(KEPT)).not_to_contain_text("Organisation")  # only spaces, which nobody sees
    expect(page.locator(KEPT)).to_contain_text("Saved on the server")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Discard").click()
    assert "cannot be brought back" in asked[0]
    page.get_by_role("button", name="Restore").click()
    expect(author.messages).to_contain_text("it is not saved yet")
    expect(author.panel("summary").get_by_role("textbox")).to_have_value("Typed on the pass")
    expect(author.panel("challenge")).to_contain_text("No signal.")
    expect(author.panel("themes").get_by_label("Digital connectivity")).to_be_checked()
    expect(author.panel("approach").get_by_role("textbox", name="Building block")).to_have_value(
        "A mast that travels"
    )
    lead = author.panel("organisations").locator("[data-streamfield-child]").last
    author.write_in(lead, "Organisation", "The ministry")
    expect(author.messages).to_contain_text("in the form again, and is saved")
    is_not_kept(page, "Typed on the pass")
    author.press("Save draft")
    expect(page.locator(KEPT)).to_have_count(0)
    page.reload()
    expect(author.panel("summary").get_by_role("textbox")).to_have_value("Typed on the pass")


def test_what_is_typed_while_an_autosave_is_under_way_is_saved_next(author: Editor) -> None:
    """Wagtail takes the form as it is when the answer comes for what the server has."""
    url, page = a_draft(author, "On a slow line"), author.page
    answers = Held(page, "**/edit/")
    author.write("summary", "First half,")
    page.wait_for_function("() => window.localDrafts.watching.watched.values().next().value.sent")
    author.panel("summary").get_by_role("textbox").press_sequentially(" second half")
    is_kept(page, "second half")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url == url):
        answers.release()
    is_not_kept(page, "half")
    page.goto(url)
    expect(author.panel("summary").get_by_role("textbox")).to_have_value("First half, second half")


def test_a_key_before_the_first_look_keeps_nothing(author: Editor) -> None:
    """Widgets write into the form once it is drawn, and a key may come before the first look at it."""
    url, page = a_draft(author, "Clicked at once"), author.page
    page.add_init_script("window.setInterval = () => 0")
    page.goto(url)
    page.wait_for_function("() => window.localDrafts?.offered")
    # On a busy machine editors of rich text are drawn one after the other, the last ones later than this key.
    drawn = page.locator("[name=adaptation_advice]")
    assert drawn.input_value() == "null"
    drawn.evaluate("(input, value) => { input.value = value }", EMPTY_FROM_SERVER)
    page.keyboard.press("Shift")
    drawn.evaluate("(input) => { input.value = 'null' }")
    page.evaluate("() => window.localDrafts.watching.watched.values().next().value.look()")
    assert page.evaluate(RECORDS) == []
    author.panel("summary").get_by_role("textbox").fill("Typed after it")
    page.evaluate("() => window.localDrafts.watching.watched.values().next().value.look()")
    is_kept(page, "Typed after it")


def test_signed_out_while_writing(author: Editor, portal: Portal) -> None:
    """The text stays, nothing is sent, nobody else gets it; signed in again, its author goes on."""
    url, page = a_draft(author, "Routers on horseback"), author.page
    page.context.clear_cookies()
    author.write("summary", "Typed after the session had ended")
    expect(page.locator(STATUS)).to_contain_text("You are signed out. Sign in in another tab")
    expect(page.locator("footer")).to_contain_text("See the message at the top of the page.")
    expect(page.get_by_text("You are signed out.")).to_have_count(1)
    page.get_by_role("button", name="Save draft").last.click()
    expect(page.locator(STATUS)).to_be_visible()
    expect(page).to_have_url(url)
    expect(page.locator("footer")).not_to_contain_text("server error")

    other = Editor(page.context.new_page(), portal, "secretariat")
    expect(page.locator(STATUS)).to_contain_text("Somebody else has signed in")
    other.page.goto(url)
    expect(other.panel("title").get_by_role("textbox")).to_have_value("Routers on horseback")
    other.page.wait_for_function("() => window.localDrafts?.offered")
    expect(other.page.locator(KEPT)).to_have_count(0)
    page.get_by_role("button", name="Save draft").last.click()
    expect(page.locator(STATUS)).to_contain_text("Somebody else has signed in")
    (own,) = other.page.evaluate(
        PASS_OFF, other.page.evaluate("() => window.localDrafts.config.session.user")
    )
    assert not other.page.evaluate(STORED, "Typed after"), "nor when it is passed off as theirs"
    other.page.evaluate(PASS_OFF, own)
    is_stored_sealed(other.page, "Typed after")

    page.context.clear_cookies()
    again = Editor(page.context.new_page(), portal, "focal-kyrgyzstan")
    expect(page.locator(STATUS)).to_be_hidden()
    is_not_kept(page, "Typed after the session had ended")
    again.page.goto(url)
    expect(again.panel("summary").get_by_role("textbox")).to_have_value("Typed after the session had ended")
    author.press("Save draft")


def test_signing_out_asks_about_what_is_not_saved(author: Editor) -> None:
    a_draft(author, "Left on the table")
    page = author.page
    page.context.set_offline(True)
    author.write("summary", "Never sent")
    is_kept(page, "Never sent")
    page = kill(author)
    page.context.set_offline(False)
    author.go_to("")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    leave = "form => form.requestSubmit()"
    with page.expect_event("dialog"):
        page.locator('form[action$="/logout/"]').evaluate(leave)
    assert "Left on the table" in asked[0]
    is_kept(page, "Never sent")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator('form[action$="/logout/"]').evaluate(leave)
    page.wait_for_url("**/login/**")
    assert page.evaluate(RECORDS) == []


def test_forms_without_autosave(author: Editor, portal: Portal) -> None:
    """Snippets, accounts and the rest have the same; a password is never kept."""
    page = author.page
    page.context.clear_cookies()
    Editor(page, portal, "administrator")
    author.go_to("users/new/")
    page.get_by_role("textbox", name="Username").fill("new-colleague")
    page.get_by_label("Password").first.fill("very secret words")
    is_kept(page, "new-colleague")
    is_not_kept(page, "very secret words")
    page = kill(author)
    author.go_to("users/new/")
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("textbox", name="Username")).to_have_value("new-colleague")
    for name in ("email", "first_name", "last_name"):
        page.locator(f"#id_{name}").fill("new@example.org")
    for field in page.locator("input[type=password]").all():
        field.fill("very secret words")
    page.get_by_role("tab", name="Roles").first.click()
    with page.expect_navigation():
        page.locator("main form [type=submit]").last.click()
    expect(author.messages).to_contain_text("new-colleague")
    page.wait_for_function("() => window.localDrafts?.offered")
    assert page.evaluate(RECORDS) == [], (
        "what is saved is forgotten by the next page, without an autosave's answer"
    )
