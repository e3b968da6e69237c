"""What readers get at each stop of the first use."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urljoin

from PIL import Image
from PIL.ExifTags import IFD
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.pictures import SECRET
from tests.journeys.first_use_texts import Texts, words
from tests.journeys.serving import Portal

Contexts = Callable[..., BrowserContext]
PUBLISHED_WITHIN = 150_000


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

    # And the timetable's next look for what is to be published, which comes every minute.
    portal.change(
        "UPDATE core_scheduledrun SET due = '2026-01-01 00:00:00' WHERE name = 'core.publish_scheduled'"
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


def readers_see_the_first_correction(reader: Page, portal: Portal, texts: Texts) -> None:
    reader.goto(f"{portal.address}{texts.path}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(texts.corrected)
    expect(reader.get_by_role("main")).to_contain_text(words("first", texts))
    expect(reader.get_by_role("main")).not_to_contain_text(words("second", texts))
