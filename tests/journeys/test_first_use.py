"""The first use of the portal, by people whose interface is English and by people whose interface is Russian.

An author writes in the language of the interface and the translator translates into the other. Of each stop the test says what
the person reads there, in their language, and what readers get. See `say` in wording.py for the texts of the interface.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories.pictures import SECRET, a_phone_photo
from tests.journeys.editing import Editor
from tests.journeys.first_use_readers import (
    Contexts,
    readers_get,
    readers_see_it_in_its_language,
    readers_see_the_first_correction,
    the_day_comes,
    the_picture_tells_nothing,
)
from tests.journeys.first_use_texts import ENGLISH, RUSSIAN, WORDS, Texts, words
from tests.journeys.keeping import KEPT, STATUS, is_kept, is_not_kept, kill
from tests.journeys.serving import Portal

SUMMARY = ".error-summary"
SIZE = (600, 400)


@pytest.fixture(params=[ENGLISH, RUSSIAN], ids=["en", "ru"])
def texts(request: pytest.FixtureRequest) -> Texts:
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args: dict, texts: Texts) -> dict:
    return browser_context_args | {"locale": {"en": "en-GB", "ru": "ru-RU"}[texts.language]}


@pytest.fixture
def person(own_portal: Portal, new_context: Contexts, texts: Texts) -> Callable[[str], Editor]:
    """Somebody at a computer of their own, whose browser and interface are in the language of the test."""
    own_portal.change("UPDATE wagtailusers_userprofile SET preferred_language = ?", texts.language)

    def sign_in(username: str) -> Editor:
        return Editor(new_context().new_page(), own_portal, username, texts.language)

    return sign_in


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "IMG_2041.jpg"
    file.write_bytes(a_phone_photo("jpg", SIZE))
    assert SECRET.encode() in file.read_bytes()
    return file


def test_first_use(
    own_portal: Portal,
    person: Callable[[str], Editor],
    reader: Page,
    texts: Texts,
    photo: Path,
) -> None:
    author = person("focal-kyrgyzstan")
    write_with_a_phone_photo(author, texts, photo)
    be_signed_out_while_typing(author, texts)
    go_offline_and_be_killed(author, texts)
    send_for_review(author, texts)
    secretariat = person("secretariat")
    be_sent_back(secretariat, author, texts)
    send_again(author, texts)
    schedule(secretariat, texts)
    readers_get(reader, own_portal, texts, 404)
    the_day_comes(own_portal, reader, texts)
    readers_see_it_in_its_language(reader, texts)
    the_picture_tells_nothing(reader, own_portal)

    own_portal.change(ALSO_SECRETARIAT)
    publish_twice(author, secretariat, person("administrator"), texts)
    readers_see_the_first_correction(reader, own_portal, texts)
    translate_half(author, person("translator"), reader, texts)
    delete_a_used_word(secretariat, texts)


@pytest.fixture
def reader(new_context: Contexts) -> Page:
    return new_context().new_page()


def write_with_a_phone_photo(author: Editor, texts: Texts, photo: Path) -> None:
    author.go_to(f"pages/add/practices/practicepage/{author.portal.number_of(texts.section)}/")
    author.write("title", texts.title)
    block = author.add_block("approach", "Building block")
    author.write_in(block, "Building block", words("block", texts))
    author.write_in(block, "What was done", words("done", texts))
    block = author.add_block("approach", "Picture")
    author.upload(
        block.get_by_role("button", name=author.say("Choose an image")), photo, words("picture", texts)
    )
    expect(block.locator("input[name$=value-alt]")).to_have_value(words("picture", texts))
    author.press("Save draft")
    expect(author.page).to_have_url(re.compile("/edit/$"))


def be_signed_out_while_typing(author: Editor, texts: Texts) -> None:
    """Nothing is lost, and the same tab goes on after somebody has signed in in another."""
    page, url = author.page, author.page.url
    author.portal.change("DELETE FROM django_session")
    field = author.panel("challenge").get_by_role("textbox").first
    field.press_sequentially(words("challenge", texts))
    expect(page.locator(STATUS)).to_contain_text(
        author.say("You are signed out. Sign in in another tab; your text stays here.")
    )
    author.foot().get_by_role("button", name=author.say("Save draft")).last.click()
    expect(page).to_have_url(url)
    expect(field).to_contain_text(words("challenge", texts))

    again = Editor(page.context.new_page(), author.portal, "focal-kyrgyzstan", texts.language)
    again.page.close()
    expect(page.locator(STATUS)).to_be_hidden()
    author.press("Save draft")
    page.reload()
    expect(field).to_contain_text(words("challenge", texts))


def go_offline_and_be_killed(author: Editor, texts: Texts) -> None:
    url, page = author.page.url, author.page
    page.context.set_offline(True)
    offline = author.say("You are offline. Your text is kept in this browser.")
    expect(page.locator(STATUS)).to_contain_text(offline)
    author.write("summary", words("summary", texts))
    author.foot().get_by_role("button", name=author.say("Save draft")).last.click()
    expect(page).to_have_url(url)
    is_kept(page, words("summary", texts))

    page = kill(author)
    page.context.set_offline(False)
    page.goto(url)
    expect(page.locator(KEPT)).to_contain_text(author.say("Text that has not been saved"))
    expect(page.locator(KEPT)).to_contain_text(words("summary", texts))
    page.get_by_role("button", name=author.say("Restore")).click()
    restored = "The text kept in this browser is in the form again. Check it: it is not saved yet."
    expect(author.messages).to_contain_text(author.say(restored))
    author.press("Save draft")
    is_not_kept(page, words("summary", texts))
    page.reload()
    expect(author.panel("summary").get_by_role("textbox")).to_have_value(words("summary", texts))


def send_for_review(author: Editor, texts: Texts) -> None:
    author.panel("themes").get_by_label(texts.theme).check()
    author.panel("status").get_by_role("combobox").select_option(label=author.say("Ongoing"))
    lead = author.add_block("organisations", "Lead organisation")
    author.write_in(lead, "Organisation", words("organisation", texts))
    author.write_in(author.add_block("sources"), "Title", words("source", texts))
    contact = author.add_block("contacts")
    author.write_in(contact, "Role or name", words("contact", texts))
    author.write_in(contact, "E-mail address", "office@example.org")
    author.press("Send for review")
    expect(author.messages).to_contain_text(sent(author, texts.title))


def sent(author: Editor, title: str) -> re.Pattern[str]:
    said = "“%(title)s” is sent for review. You will get an e-mail when it is published or sent back with a comment."
    return author.say.sentence(said, title=title)


def be_sent_back(secretariat: Editor, author: Editor, texts: Texts) -> None:
    secretariat.open(texts.title)
    secretariat.send_back(words("comment", texts))
    said = (
        "“%(title)s” is sent back to %(author)s, who gets your comment by e-mail and sees it above the form. "
        "You will be told when it is sent for review again."
    )
    expect(secretariat.messages).to_contain_text(secretariat.say.sentence(said, title=texts.title))

    author.open(texts.title)
    notice = author.page.locator(".sent-back")
    expect(notice).to_contain_text(author.say.sentence("Sent back for changes by %(who)s, %(when)s"))
    expect(notice).to_contain_text(words("comment", texts))
    (mail,) = [mail for mail in author.portal.mails() if words("comment", texts) in mail.get_content()]
    assert texts.title in mail["Subject"]


def send_again(author: Editor, texts: Texts) -> None:
    author.panel("sources").get_by_label(author.say("Year")).fill("2025")
    author.press("Send for review again")
    expect(author.messages).to_contain_text(sent(author, texts.title))


def schedule(secretariat: Editor, texts: Texts) -> None:
    """The button says so once the date is saved, and nobody hears that it is published."""
    secretariat.open(texts.title)
    page = secretariat.page
    panel = page.locator("[data-side-panel=status]")
    if not panel.is_visible():
        page.locator("[data-side-panel-toggle=status]").click()
    panel.get_by_role("button", name=secretariat.say("Set schedule")).click()
    field = page.locator("#id_go_live_at")
    field.fill((datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%d 09:00"))
    save = page.get_by_role("dialog").get_by_role("button", name=secretariat.say("Save schedule"))
    with page.expect_navigation():
        save.press("Enter")  # the calendar may lie over it
    button = publish_button(secretariat)
    expect(button).to_contain_text(secretariat.say("Schedule"))
    with page.expect_navigation():
        button.click()
    said = "“%(title)s” is scheduled: on %(live)s it will be published."
    expect(secretariat.messages).to_contain_text(secretariat.say.sentence(said, title=texts.title))
    assert not [mail for mail in secretariat.portal.mails() if f"{texts.path}" in mail.get_content()]


def publish_button(editor: Editor) -> Locator:
    return editor.foot().locator("[data-workflow-action-name=approve]")


# The office has a second member from now on.
ALSO_SECRETARIAT = """INSERT OR IGNORE INTO accounts_user_groups (user_id, group_id)
SELECT accounts_user.id, accounts_role.group_id FROM accounts_user, accounts_role
WHERE accounts_user.username = 'administrator' AND accounts_role.code = 'secretariat'"""


def publish_twice(author: Editor, first: Editor, second: Editor, texts: Texts) -> None:
    """Both correct it and publish; the second is told that it is published, and her correction is kept as a draft."""
    author.go_to(f"pages/{author.portal.number_of(f'{texts.section}{texts.slug}/')}/edit/")
    author.write("title", texts.corrected)
    author.press("Send for review")
    for person in (first, second):
        person.open(texts.title)
    first.write("summary", words("first", texts))
    with first.page.expect_navigation():
        publish_button(first).click()
    said = "“%(title)s” is published: readers see it from now on."
    expect(first.messages).to_contain_text(first.say.sentence(said, title=texts.corrected))
    publish_after_another(second, texts)


def publish_after_another(second: Editor, texts: Texts) -> None:
    page = second.page
    second.write("summary", words("second", texts))
    over = "The review is over. Your text stays here; it is not saved yet."
    expect(page.locator("footer")).to_contain_text(second.say(over))
    publish_button(second).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(second.say("If you go on, your corrections are kept as a draft."))
    with page.expect_navigation():
        dialog.locator("[data-w-dialog-target=confirm]").click()
    kept = "Your changes are saved as a draft. To publish them, send the draft for review or publish it."
    expect(second.messages).to_contain_text(second.say(kept))
    field = second.panel("summary").get_by_role("textbox")
    expect(field).to_have_value(words("second", texts))
    expect(second.panel("title").get_by_role("textbox")).to_have_value(texts.corrected)
    page.reload()
    expect(field).to_have_value(words("second", texts))


def translate_half(author: Editor, translator: Editor, reader: Page, texts: Texts) -> None:
    """The parts that nobody has translated are named, and it is not sent. Who may write in the section asks for it."""
    author.translate(author.portal.number_of(f"{texts.section}{texts.slug}/"), texts.translation)
    translator.page.goto(author.page.url)
    translator.write("title", texts.translated)
    other = "ru" if texts.language == "en" else "en"
    translator.write("summary", WORDS["summary"][other])
    translator.press("Send for review")
    said = (
        "This is still the text of the original. Translate it or, if it is the same on purpose, tick it"
        " at the top of the form."
    )
    for part in ("challenge", "Organisation"):
        line = f"{translator.say(part)}: {translator.say(said)}"
        expect(translator.page.locator(SUMMARY)).to_contain_text(line, ignore_case=True)
    expect(translator.page.locator(SUMMARY)).not_to_contain_text(
        f"{translator.say('summary')}:", ignore_case=True
    )
    expect(translator.panel("summary").get_by_role("textbox")).to_have_value(WORDS["summary"][other])
    reader.goto(f"{translator.portal.address}/{other}/practices/kyrgyzstan/{texts.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text(texts.corrected)


def delete_a_used_word(secretariat: Editor, texts: Texts) -> None:
    """Refused, with what uses it."""
    secretariat.go_to("snippets/taxonomy/theme/")
    page = secretariat.page
    page.get_by_role("link", name="digital-connectivity", exact=True).first.click()
    expect(page).to_have_url(re.compile("/edit/"))
    page.wait_for_load_state()
    page.goto(page.url.replace("/edit/", "/delete/"))
    main = page.get_by_role("main")
    confirm = main.get_by_role("button", name=secretariat.say("Yes, delete"))
    expect(confirm).to_have_count(0)
    usage = page.url.replace("/delete/", "/usage/")
    shown = [page.goto(f"{usage}?p={number}") and main.inner_text() for number in (1, 2)]
    assert any(texts.corrected in text for text in shown)
    secretariat.go_to("snippets/taxonomy/theme/")
    expect(page.get_by_role("main")).to_contain_text("digital-connectivity")
