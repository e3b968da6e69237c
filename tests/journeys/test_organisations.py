"""Organisations that are public are suggested as one types; a chosen one brings along what is known of it."""

from playwright.sync_api import Page, expect

from tests.journeys.editing import Editor
from tests.journeys.serving import Portal

SECTION = "/home/practices/kyrgyzstan/"
TUNDUK = "Ministry of Digital Development of the Kyrgyz Republic (Tunduk)"


def test_a_known_organisation_is_suggested_and_brings_its_website(portal: Portal, page: Page) -> None:
    author = Editor(page, portal, "secretariat")
    author.go_to(f"pages/{portal.number_of(SECTION + 'tunduk-kyrgyzstan/')}/edit/")
    lead = author.panel("organisations").locator("[data-streamfield-child]").first
    author.write_in(lead, "Website", "https://tunduk.example/")
    author.press("Publish")
    author.go_to(f"pages/add/practices/practicepage/{portal.number_of(SECTION)}/")
    lead = author.add_block("organisations", "Lead organisation")
    name = lead.get_by_role("combobox", name="Organisation").or_(
        lead.get_by_role("textbox", name="Organisation")
    )
    name.press_sequentially("tunduk")
    expect(page.locator("#known-organisations option").first).to_have_attribute("value", TUNDUK)
    name.fill(TUNDUK)  # as the browser does when one is chosen
    expect(lead.get_by_role("textbox", name="Website")).to_have_value("https://tunduk.example/")
