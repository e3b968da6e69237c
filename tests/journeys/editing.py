"""Somebody at Wagtail's editor, by what they see there: labels, buttons, panels."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from home.demo.people import PASSWORD
from tests.journeys.serving import Portal
from tests.journeys.wording import Wording

SEND_BACK = "Send back with a comment"


class Editor:
    def __init__(self, page: Page, portal: Portal, username: str, language: str = "en") -> None:
        """Signs in. `language` is that of the browser and of this person's interface; labels are given in English."""
        self.page, self.portal, self.say = page, portal, Wording(language)
        page.goto(f"{portal.address}/admin/")
        page.get_by_role("textbox", name=self.say("Username")).fill(username)
        page.get_by_role("textbox", name=self.say("Password")).fill(PASSWORD)
        page.get_by_role("button", name=self.say("Sign in")).click()
        expect(page).to_have_url(f"{portal.address}/admin/")

    @property
    def messages(self) -> Locator:
        return self.page.locator(".messages")

    def go_to(self, address: str) -> None:
        self.page.goto(f"{self.portal.address}/admin/{address}")

    def open(self, title: str) -> None:
        """From the lists on the admin's first page, as one who is sent there by an e-mail."""
        self.go_to("")
        self.page.get_by_role("main").get_by_role("link", name=title).first.click()
        expect(self.page).to_have_url(re.compile("/edit/$"))

    def panel(self, name: str) -> Locator:
        return self.page.locator(f"#panel-child-snapshot-{name}-section")

    def write(self, name: str, text: str) -> None:
        self.panel(name).get_by_role("textbox").first.fill(text)

    def write_in(self, block: Locator, label: str, text: str) -> None:
        block.get_by_role("textbox", name=self.say(label)).fill(text)

    def add_block(self, name: str, kind: str = "") -> Locator:
        """A new block at the end of a stream, of that kind where there is a choice; out: the block."""
        blocks = self.panel(name).locator("[data-streamfield-child]")
        before = blocks.count()
        self.panel(name).get_by_role("button", name=self.say("Insert a block")).last.click()
        if kind:
            self.page.get_by_role("option", name=self.say(kind)).click()
        expect(blocks).to_have_count(before + 1)
        return blocks.last

    def press(self, button: str) -> None:
        """One of the actions at the foot of the page; each ends on another page, or on this one anew."""
        self.foot().get_by_role("button", name=self.say(button)).last.click()
        expect(self.messages).not_to_be_empty()

    def send_back(self, comment: str) -> None:
        self.foot().get_by_role("button", name=self.say(SEND_BACK)).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label(self.say("Comment")).fill(comment)
        dialog.get_by_role("button", name=self.say(SEND_BACK)).click()
        expect(self.messages).not_to_be_empty()

    def foot(self) -> Locator:
        """The actions, unfolded. What an earlier one had to say is taken away, so that the next message is news."""
        self.messages.evaluate_all("found => found.forEach(element => element.replaceChildren())")
        self.page.get_by_role("button", name=self.say("More actions")).click()
        return self.page.locator("footer")

    def translate(self, number: int, language: str) -> None:
        """Make the draft of the page in that language, and open it."""
        self.go_to(f"pages/{number}/edit/")
        self.page.get_by_role("button", name=self.say("Actions"), exact=True).first.click()
        self.page.get_by_role("link", name=self.say("Translate this page")).click()
        self.page.get_by_label(self.say(language)).check()
        self.page.get_by_role("main").get_by_role("button", name=self.say("Submit")).click()
        said = "The page '{page_title}' was successfully submitted for translation into {locales}"
        expect(self.messages).to_contain_text(self.say.sentence(said))

    def choose(self, button: str, title: str) -> None:
        """From a chooser of several, found there by its title."""
        self.page.get_by_role("button", name=button).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name="Search term").fill(title)
        dialog.get_by_role("checkbox", name=title).check()
        dialog.get_by_role("button", name="Confirm selection").click()
        expect(dialog).to_be_hidden()

    def upload(self, button: Locator, file: Path, description: str) -> None:
        """Upload a picture in the chooser that this button opens."""
        button.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("tab", name=self.say("Upload")).click()
        dialog.locator("#id_image-chooser-upload-file").set_input_files(file)
        # Wagtail takes it from the file.
        expect(dialog.locator("#id_image-chooser-upload-title")).to_have_value(file.stem)
        dialog.locator("#id_image-chooser-upload-description").fill(description)
        dialog.get_by_role("button", name=self.say("Upload")).click()
        expect(dialog).to_be_hidden()

    def unpublish(self, number: int) -> None:
        """In this language only, where there are others."""
        self.go_to(f"pages/{number}/unpublish/")
        for choice in self.page.get_by_role("radio", name="Only this page").all():
            choice.check()
        self.page.get_by_role("main").get_by_role("button", name="unpublish").click()
        expect(self.messages).to_contain_text("unpublished")
