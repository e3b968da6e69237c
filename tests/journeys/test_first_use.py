"""The first use of the portal, by people whose interface is English and by people whose interface is Russian.

An author writes in the language of the interface and the translator translates into the other. Of each stop the test says what
the person reads there, in their language, and what readers get. See `say` in wording.py for the texts of the interface.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image
from PIL.ExifTags import IFD
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.factories.pictures import SECRET, a_phone_photo
from tests.journeys.editing import Editor
from tests.journeys.keeping import KEPT, STATUS, is_kept, is_not_kept, kill
from tests.journeys.serving import Portal

Contexts = Callable[..., BrowserContext]
# The timetable looks every minute for what is to be published.
PUBLISHED_WITHIN = 150_000
SIZE = (600, 400)


@dataclass(frozen=True)
class Texts:
    language: str
    section: str
    slug: str
    title: str
    theme: str

    @property
    def path(self) -> str:
        return f"/{self.language}/practices/kyrgyzstan/{self.slug}/"


ENGLISH = Texts(
    language="en",
    section="/home/practices/kyrgyzstan/",
    slug="routers-on-horseback",
    title="Routers on horseback",
    theme="Digital connectivity",
)
RUSSIAN = Texts(
    language="ru",
    section="/home-ru/practices/kyrgyzstan/",
    slug="routery-na-loshadyakh",
    title="Роутеры на лошадях",
    theme="Цифровая связность",
)
WORDS = {
    "challenge": {"en": "The high camps have no signal.", "ru": "На высокогорных стоянках нет связи."},
    "summary": {"en": "Families carry small masts.", "ru": "Семьи берут с собой небольшие мачты."},
    "block": {"en": "A mast that travels", "ru": "Мачта, которая кочует"},
    "done": {"en": "Each family takes one along.", "ru": "Каждая семья берёт одну с собой."},
    "source": {"en": "Report of the district", "ru": "Отчёт района"},
    "organisation": {"en": "Village of Kochkor", "ru": "Айыл Кочкор"},
    "contact": {"en": "Village office", "ru": "Сельская управа"},
    "picture": {"en": "A mast on a horse", "ru": "Мачта на лошади"},
    "comment": {"en": "Which year is this report of?", "ru": "За какой год этот отчёт?"},
}


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


def words(name: str, texts: Texts) -> str:
    return WORDS[name][texts.language]


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
    author.write("lead_organisation", words("organisation", texts))
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


def readers_get(reader: Page, portal: Portal, texts: Texts, status: int) -> None:
    assert reader.request.get(f"{portal.address}{texts.path}").status == status


def the_day_comes(portal: Portal, reader: Page, texts: Texts) -> None:
    """It is published by itself, and its author hears of it then."""
    portal.change(
        "UPDATE wagtailcore_revision SET approved_go_live_at = '2026-01-01 00:00:00'"
        " WHERE approved_go_live_at IS NOT NULL"
    )
    # Its own date too, by which a page is taken to be scheduled.
    portal.change(
        "UPDATE wagtailcore_revision SET content = json_set(content, '$.go_live_at', '2026-01-01T00:00:00Z')"
        " WHERE approved_go_live_at IS NOT NULL"
    )

    def is_live(page: Page) -> bool:
        answer = page.goto(f"{portal.address}{texts.path}")
        return bool(answer and answer.ok)

    wait_for(reader, is_live)
    (mail,) = [mail for mail in portal.mails() if f"{portal.address}{texts.path}" in mail.get_content()]
    assert mail["To"] == "focal-kyrgyzstan@example.org"


def wait_for(page: Page, condition: Callable[[Page], bool]) -> None:
    for _ in range(PUBLISHED_WITHIN // 1000):
        if condition(page):
            return
        page.wait_for_timeout(1000)
    raise AssertionError("The scheduled practice was not published.")


def readers_see_it_in_its_language(reader: Page, texts: Texts) -> None:
    expect(reader.locator("html")).to_have_attribute("lang", texts.language)
    expect(reader.get_by_role("heading", level=1)).to_have_text(texts.title)
    for name in ("summary", "challenge", "block", "done", "organisation"):
        expect(reader.get_by_role("main")).to_contain_text(words(name, texts))


def the_picture_tells_nothing(reader: Page, portal: Portal) -> None:
    """No place, no person, no model of a phone: neither in what readers get nor in any file that is kept."""
    source = reader.get_by_role("main").locator("figure img").get_attribute("src") or ""
    answer = reader.request.get(urljoin(reader.url, source))
    assert answer.ok
    kept = [file.read_bytes() for file in (portal.folder / "media").rglob("*.*")]
    assert len(kept) > 1
    for content in [answer.body(), *kept]:
        assert SECRET.encode() not in content
        assert not Image.open(BytesIO(content)).getexif().get_ifd(IFD.GPSInfo)
