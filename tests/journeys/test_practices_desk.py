"""What the secretariat and a translator ask of the practices desk, found and taken along in few clicks."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.editing import Editor
from tests.journeys.serving import Portal

MOST_CLICKS = 8


class CountedClicks:
    def __init__(self) -> None:
        self.number = 0

    def on(self, target: Locator) -> None:
        target.click()
        self.number += 1


@pytest.mark.parametrize(
    ("username", "language", "menu", "view", "actions", "file", "expected"),
    [
        ("secretariat", "en", "Practices", "Verification overdue, by country", "Actions", "Download CSV",
         {"Verification": "Overdue"}),
        pytest.param(
            "translator", "ru", "Практики", "Без русского текста", "Действия", "Скачать CSV", {"Русский": "Нет"},
            marks=pytest.mark.browser_context_args(locale="ru-RU"),
        ),
    ],
)  # fmt: skip
def test_a_question_is_found_and_exported_in_few_clicks(
    portal: Portal,
    page: Page,
    username: str,
    language: str,
    menu: str,
    view: str,
    actions: str,
    file: str,
    expected: dict[str, str],
) -> None:
    Editor(page, portal, username, language)
    clicks = CountedClicks()
    clicks.on(page.locator(".sidebar").get_by_role("link", name=menu, exact=True))
    clicks.on(page.get_by_role("link", name=view, exact=True))
    expect(page.get_by_role("link", name=view, exact=True)).to_have_attribute("aria-current", "true")
    titles = page.locator(".desk__table td.title a").all_inner_texts()
    assert titles
    clicks.on(page.get_by_role("button", name=actions, exact=True))
    with page.expect_download() as download:
        clicks.on(page.get_by_role("link", name=file))
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Title" if language == "en" else "Название"] for row in rows] == titles
    assert all(expected.items() <= row.items() for row in rows)
    assert clicks.number <= MOST_CLICKS


def test_filters_are_chosen_and_saved_as_a_view(portal: Portal, page: Page) -> None:
    Editor(page, portal, "secretariat")
    clicks = CountedClicks()
    clicks.on(page.locator(".sidebar").get_by_role("link", name="Practices", exact=True))
    clicks.on(page.get_by_role("button", name="Show filters"))
    clicks.on(page.get_by_role("button", name="Country", exact=True))
    clicks.on(page.get_by_label("Kyrgyzstan", exact=True))
    expect(page.locator(".w-active-filters")).to_contain_text("Kyrgyzstan")
    clicks.on(page.get_by_text("Save these filters as a view"))
    page.get_by_label("Name of the view").fill("Kyrgyzstan's")
    clicks.on(page.get_by_role("button", name="Save view"))
    expect(page.get_by_role("link", name="Kyrgyzstan's")).to_have_attribute("aria-current", "true")
    assert clicks.number <= MOST_CLICKS
    clicks.on(page.get_by_role("button", name="Delete the view “Kyrgyzstan's”"))
    expect(page.get_by_role("link", name="Kyrgyzstan's")).to_have_count(0)


@pytest.mark.browser_context_args(viewport={"width": 360, "height": 800})
@pytest.mark.parametrize("path", ["practices/desk/act/?act=add-theme&all=1&query=", "reports/usage/"])
def test_long_names_in_a_list_make_no_page_wider_than_a_phone(portal: Portal, page: Page, path: str) -> None:
    """The admin hides what is wider, so that its page never scrolls sideways."""
    Editor(page, portal, "secretariat")
    page.goto(f"{portal.address}/admin/{path}")
    expect(page.locator("main select").last).to_be_visible()
    cut_off = page.locator("main :is(select, p, li, button)").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.textContent.trim().slice(0, 80))"
    )
    assert cut_off == []
