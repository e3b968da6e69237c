"""From the first word of a draft to the day on which nobody finds it any more: in the admin, in search, everywhere.

What readers see is looked at twice each time, with scripts and without.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.editing import Editor
from tests.journeys.reading import Reader
from tests.journeys.serving import Portal

ENGLISH, RUSSIAN = "Routers on horseback", "Роутеры на лошадях"
PATH = "practices/kyrgyzstan/routers-on-horseback/"
SECTION, COLLECTIONS = "/home/practices/kyrgyzstan/", "/home/collections/"
# Each stands in the texts of one language only, and in no other practice of the demo.
ENGLISH_WORD, RUSSIAN_WORD = "saddlebag", "перевьючивают"
COMMENT = "Which year is this report of?"
COLLECTION = "For the summer pastures"

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def readers(own_portal: Portal, new_context: Contexts) -> list[Reader]:
    contexts = [new_context(), new_context(java_script_enabled=False)]
    return [Reader(context.new_page(), own_portal) for context in contexts]


def test_life_of_a_practice(own_portal: Portal, new_context: Contexts, readers: list[Reader]) -> None:
    author = Editor(new_context().new_page(), own_portal, "focal-kyrgyzstan")
    secretariat = Editor(new_context().new_page(), own_portal, "secretariat")
    figures_before = readers[0].figures()

    write_a_draft(author)
    ask_for_review_too_early(author)
    complete_it_and_ask_again(author)
    nobody_finds_it(readers, figures_before, 404)
    send_it_back(secretariat, author)
    answer_and_publish(author, secretariat)
    number = own_portal.number_of(SECTION + "routers-on-horseback/")
    it_is_found(readers, ENGLISH_WORD, "en", ENGLISH)
    assert readers[0].figures() != figures_before

    translate_and_publish(author, secretariat, number)
    it_is_found(readers, RUSSIAN_WORD, "ru", RUSSIAN)
    it_is_found(readers, RUSSIAN_WORD, "en", ENGLISH)
    feature_it(secretariat)
    it_is_on_the_front_page(readers)

    secretariat.unpublish(number)
    only_the_translation_is_left(readers)
    secretariat.unpublish(own_portal.number_of("/home-ru/practices/kyrgyzstan/routers-on-horseback/"))
    nobody_finds_it(readers, figures_before, 410)
    the_collection_is_empty(readers, secretariat)


def write_a_draft(author: Editor) -> None:
    author.go_to(f"pages/{author.portal.number_of(SECTION)}/")
    author.page.get_by_role("link", name="Add child page").first.click()
    author.write("title", ENGLISH)
    author.write("challenge", "In summer the herders of the high camps have no signal.")
    block = author.add_block("approach", "Building block")
    author.write_in(block, "Building block", "A mast that travels")
    author.write_in(block, "What was done", f"Each family takes one along in a {ENGLISH_WORD}.")
    author.write_in(author.add_block("sources"), "Title", "Report of the district")


def ask_for_review_too_early(author: Editor) -> None:
    """What is missing is named at its place, and nothing typed is lost."""
    author.press("Send for review")
    missing = ("summary", "themes", "status", "organisations", "contacts")
    expect(author.messages).to_contain_text("validation errors")
    expect(author.panel("how_complete_it_is").get_by_role("list").first.get_by_role("link")).to_have_text(
        ["Summary", "Themes", "Status", "Organisations", "Contacts"]
    )
    for name in missing:
        expect(author.panel(name)).to_contain_text("Needed before review and publication.")
    for name in ("title", "challenge", "approach", "sources"):
        expect(author.panel(name)).not_to_contain_text("Needed before review and publication.")
    expect(author.panel("title").get_by_role("textbox")).to_have_value(ENGLISH)
    expect(author.panel("challenge")).to_contain_text("herders of the high camps")
    approach, sources = author.panel("approach"), author.panel("sources")
    expect(approach.get_by_role("textbox", name="Building block")).to_have_value("A mast that travels")
    expect(approach.get_by_role("textbox", name="What was done")).to_have_value(
        f"Each family takes one along in a {ENGLISH_WORD}."
    )
    expect(sources.get_by_role("textbox", name="Title")).to_have_value("Report of the district")
    expect(author.panel("countries").get_by_label("Kyrgyzstan")).to_be_checked()


def complete_it_and_ask_again(author: Editor) -> None:
    author.write("summary", "Families carry small masts to the summer camps.")
    author.panel("themes").get_by_label("Digital connectivity").check()
    author.panel("status").get_by_role("combobox").select_option("Ongoing")
    author.write_in(
        author.add_block("organisations", "Lead organisation"), "Organisation", "Village of Kochkor"
    )
    contact = author.add_block("contacts")
    author.write_in(contact, "Role or name", "Village office")
    author.write_in(contact, "E-mail address", "office@example.org")
    author.press("Send for review")
    expect(author.messages).to_contain_text("is sent for review")


def send_it_back(secretariat: Editor, author: Editor) -> None:
    """The comment reaches the author by e-mail, with a link to the draft."""
    secretariat.open(ENGLISH)
    secretariat.send_back(COMMENT)
    (mail,) = [mail for mail in author.portal.mails() if COMMENT in mail.get_body(("plain",)).get_content()]
    assert mail["To"] == "focal-kyrgyzstan@example.org"
    assert ENGLISH in mail["Subject"]
    (link,) = [line for line in mail.get_content().splitlines() if line.endswith("/edit/")]
    author.page.goto(link)
    expect(author.panel("title").get_by_role("textbox")).to_have_value(ENGLISH)


def answer_and_publish(author: Editor, secretariat: Editor) -> None:
    author.panel("sources").get_by_label("Year").fill("2025")
    author.press("Send for review again")
    approve(secretariat, ENGLISH)
    (mail,) = [mail for mail in author.portal.mails() if mail["Subject"].startswith("Now published")]
    assert f"{author.portal.address}/en/{PATH}" in mail.get_content()


def approve(secretariat: Editor, title: str) -> None:
    secretariat.open(title)
    with secretariat.page.expect_navigation():
        secretariat.foot().locator("[data-workflow-action-name=approve]").click()


def translate_and_publish(author: Editor, secretariat: Editor, number: int) -> None:
    author.translate(number, "Russian")
    for part in ("Organisations", "Sources", "Contacts"):  # the same on purpose
        author.page.locator(".same-parts").get_by_label(part).check()
    author.write("title", RUSSIAN)
    author.write("summary", "Семьи берут с собой небольшие мачты на летние стоянки.")
    author.write("challenge", "Летом у чабанов на высокогорных стоянках нет связи.")
    approach = author.panel("approach")
    author.write_in(approach, "Building block", "Мачта, которая кочует")
    author.write_in(approach, "What was done", f"Мачты {RUSSIAN_WORD} вместе с юртой.")
    author.press("Send for review")
    approve(secretariat, RUSSIAN)


def feature_it(secretariat: Editor) -> None:
    secretariat.go_to(f"pages/add/curation/collectionpage/{secretariat.portal.number_of(COLLECTIONS)}/")
    secretariat.page.get_by_role("textbox", name="Title").fill(COLLECTION)
    secretariat.choose("Add practice", ENGLISH)
    secretariat.page.get_by_role("textbox", name="Note").fill("It moves with those who use it.")
    secretariat.page.get_by_role("checkbox", name="Featured").check()
    secretariat.press("Publish")


def it_is_found(readers: list[Reader], word: str, language: str, title: str) -> None:
    for reader in readers:
        expect(reader.search(word, language)).to_have_text([title])
        reader.page.get_by_role("link", name=title).click()
        expect(reader.page).to_have_url(f"{reader.portal.address}/{language}/{PATH}")
        expect(reader.page.get_by_role("heading", level=1)).to_have_text(title)
    found, _ = readers[0].asked_by_machine(word, language)
    assert found == [title]
    assert title in readers[0].asked_by_machine(title[:6], language)[1]
    assert f"/{language}/{PATH}" in readers[0].sitemap()


def it_is_on_the_front_page(readers: list[Reader]) -> None:
    for reader in readers:
        reader.go_to("/en/")
        card = reader.page.get_by_role("article").filter(has_text=COLLECTION)
        expect(card).to_contain_text(ENGLISH)
        card.get_by_role("link").click()
        expect(reader.page.get_by_role("article")).to_contain_text([ENGLISH])
        expect(reader.page.get_by_role("article")).to_contain_text(["It moves with those who use it."])


def only_the_translation_is_left(readers: list[Reader]) -> None:
    """Found by its Russian words only, in both languages; its English address shows it as it is, in Russian."""
    for reader in readers:
        expect(reader.search(ENGLISH_WORD)).to_have_count(0)
        expect(reader.search(RUSSIAN_WORD)).to_have_text([RUSSIAN])
        reader.go_to(f"/en/{PATH}")
        expect(reader.page.get_by_role("heading", level=1)).to_have_text(RUSSIAN)
    assert f"/en/{PATH}" not in readers[0].sitemap()


def nobody_finds_it(readers: list[Reader], figures_before: list[str], status: int) -> None:
    """Its address answers with `status`: 404 before it was ever public, 410 afterwards."""
    for reader in readers:
        for word, language in ((ENGLISH_WORD, "en"), (RUSSIAN_WORD, "ru"), (RUSSIAN_WORD, "en")):
            expect(reader.search(word, language)).to_have_count(0)
            assert reader.status_of(f"/{language}/{PATH}") == status
        assert reader.figures() == figures_before
    for title, word, language in ((ENGLISH, ENGLISH_WORD, "en"), (RUSSIAN, RUSSIAN_WORD, "ru")):
        assert readers[0].asked_by_machine(word, language)[0] == []
        assert title not in readers[0].asked_by_machine(title[:6], language)[1]
    assert PATH not in readers[0].sitemap()


def the_collection_is_empty(readers: list[Reader], secretariat: Editor) -> None:
    """For readers; its curator is told."""
    for reader in readers:
        reader.go_to("/en/collections/for-the-summer-pastures/")
        expect(reader.page.get_by_role("main")).not_to_contain_text("on horseback")
    secretariat.go_to("")
    flagged = secretariat.page.get_by_role("row").filter(has_text=f"{ENGLISH} (not published)")
    expect(flagged).to_contain_text(COLLECTION)
