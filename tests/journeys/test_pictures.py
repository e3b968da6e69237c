"""A phone photo on its way into a practice: what it says of itself is offered, what was typed stays."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories.pictures import CREATOR, RIGHTS, a_phone_photo
from tests.journeys.editing import Editor
from tests.journeys.serving import Portal

SECTION = "/home/practices/kyrgyzstan/"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = [tmp_path / f"photo{number}.{kind}" for number, kind in enumerate(("jpg", "heic", "png"))]
    for number, file in enumerate(found):
        file.write_bytes(a_phone_photo(file.suffix[1:], (600 + number, 400)))
    return found


def test_a_picture_fills_empty_fields_only(portal: Portal, new_context, files: list[Path]) -> None:
    author = Editor(new_context().new_page(), portal, "focal-kyrgyzstan")
    number = portal.number_of(SECTION)
    author.go_to(f"pages/add/practices/practicepage/{number}/")
    page = author.page
    author.write("title", "A mast that travels")

    block = author.add_block("approach", "Picture")
    author.upload(block.get_by_role("button", name="Choose an image"), files[0], "A mast on a horse")
    expect(block.locator("input[name$=value-alt]")).to_have_value("A mast on a horse")
    expect(block.locator("input[name$=value-credit]")).to_have_value(f"{CREATOR}, {RIGHTS}")
    expect(block).to_contain_text("Taken from the picture: readers will see this credit.")

    page.get_by_role("tab", name="Facts").click()
    alt, credit = page.locator("#id_image_alt"), page.locator("#id_image_credit")
    credit.fill("Typed by hand")
    facts = page.get_by_role("tabpanel", name="Facts")
    author.upload(facts.get_by_role("button", name="Choose an image"), files[1], "Herders at the summer camp")
    expect(alt).to_have_value("Herders at the summer camp")
    expect(credit).to_have_value("Typed by hand")
    expect(facts).to_contain_text(f"The picture itself is credited to: {CREATOR}, {RIGHTS}")

    alt.fill("Seen otherwise")
    page.locator("#id_image-chooser").get_by_role("button", name="Actions").click()
    author.upload(page.get_by_role("button", name="Change image"), files[2], "Another description")
    expect(facts.locator("[data-chooser-title]").first).to_have_text("photo2")
    expect(alt).to_have_value("Seen otherwise")
