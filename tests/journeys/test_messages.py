"""A reader asks in Russian; the secretariat answers from the admin's first page, and the answer is in the reader's mailbox."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.editing import Editor
from tests.journeys.judging import too_wide, violations
from tests.journeys.serving import Portal

MOST_CLICKS = 8
COUNT_CLICKS = """addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);"""
PRACTICE = "/ru/practices/kyrgyzstan/"
READER = "reader-of-messages@example.org"
QUESTION = "Сколько стоило подключение одной школы?"
ANSWER = "Около тысячи долларов, вместе с оборудованием."


def ask(page: Page, portal: Portal) -> str:
    """Write a question about a practice, as a reader; return the practice's title."""
    page.goto(f"{portal.address}{PRACTICE}")
    page.locator("main article h3 a, main h3 a").first.click()
    title = page.locator("h1").inner_text()
    page.locator("a[href*='/contact/']").first.click()
    page.locator("#id_text").fill(QUESTION)
    page.locator("#id_sender_name").fill("Айгуль")
    page.locator("#id_sender_email").fill(READER)
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.get_by_role("status")).to_be_visible()
    return title


def test_the_secretariat_answers_a_reader(own_portal: Portal, page: Page) -> None:
    title = ask(page, own_portal)
    own_portal.mails()
    secretariat = Editor(page, own_portal, "secretariat")
    page.add_init_script(COUNT_CLICKS)
    page.reload()
    panel = page.locator("#messages-section")
    panel.get_by_role("link", name="1 open").click()
    page.get_by_role("main").get_by_role("link", name=title).click()
    expect(page.get_by_role("main")).to_contain_text(QUESTION)
    assert violations(page) == []
    assert too_wide(page) == []
    field = page.get_by_label(secretariat.say("Your answer"))
    field.click()
    page.keyboard.insert_text(ANSWER)
    page.get_by_role("button", name=secretariat.say("Send the answer")).click()
    expect(secretariat.messages).to_contain_text(secretariat.say("Your answer is on its way to the reader."))
    assert page.evaluate("() => Number(sessionStorage.clicks)") <= MOST_CLICKS

    (letter,) = [mail for mail in own_portal.mails() if mail["To"] == READER]
    text = letter.get_body(("plain",)).get_content()
    assert ANSWER in text
    assert QUESTION in text
    assert letter["Reply-To"] == "secretariat@speca.example"
    assert re.search(rf"^{own_portal.address}/ru/record/[\w-]+/contact/$", text, re.MULTILINE)
    secretariat.go_to("")
    expect(page.locator("#messages-section")).to_have_count(0)
