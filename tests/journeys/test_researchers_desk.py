"""A researcher compares, is led by four queries, looks for gaps and takes the answer away; with scripts and without."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.serving import Portal

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def reader(new_context: Callable[..., BrowserContext], scripts: bool) -> Page:
    return new_context(java_script_enabled=scripts).new_page()


def number(text: str) -> int:
    return int(re.search(r"\d+", text).group())


@SCRIPTS
def test_ticked_practices_stand_side_by_side(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.goto(f"{portal.address}/en/search/?q=school")
    titles = reader.locator("#results article h3").all_inner_texts()[:2]
    for box in reader.locator("#results input[name=key]").all()[:2]:
        box.check()
    expect(reader).to_have_url(f"{portal.address}/en/search/?q=school")
    reader.get_by_role("button", name="Compare the selected practices").click()
    heads = reader.locator("table.compare thead th")
    expect(heads.locator("a:not(.small)")).to_have_text(titles)
    reader.get_by_role("link", name="Show only what differs").click()
    expect(reader.locator("tbody.differs").first).to_be_visible()
    expect(reader.get_by_text("the same", exact=True)).to_have_count(0)
    reader.get_by_role("link", name="Русский").click()
    expect(heads).to_have_count(2)
    reader.get_by_role("searchbox", name="Поиск практик").last.fill("лавины")
    reader.get_by_role("searchbox", name="Поиск практик").last.press("Enter")
    reader.locator(".addable a").first.click()
    expect(heads).to_have_count(3)


@SCRIPTS
def test_four_answers_end_in_a_search_with_as_many_practices_as_was_said(
    portal: Portal, reader: Page, scripts: bool
) -> None:
    reader.goto(f"{portal.address}/en/")
    reader.get_by_role("link", name="Answer four questions").click()
    reader.get_by_role("button", name="Continue").click()
    expect(reader.get_by_role("alert")).to_be_visible()
    promised = 0
    for _ in range(4):
        answer = reader.locator(".finder__answer").first
        promised = number(answer.locator(".small").inner_text())
        answer.get_by_role("radio").check()
        reader.get_by_role("button", name="Continue").click()
    expect(reader).to_have_url(re.compile("/en/search/[?]kind=practice&theme="))
    expect(reader.locator("#count")).to_contain_text(str(promised))
    expect(reader.locator("#results .chip")).not_to_have_count(0)


@SCRIPTS
def test_a_gap_leads_to_what_a_neighbour_has(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.goto(f"{portal.address}/en/practices/")
    reader.get_by_role("link", name="where the gaps are").click()
    empty = reader.locator("td", has_text="nearby:").first
    neighbour = empty.get_by_role("link").first
    promised = number(neighbour.inner_text())
    neighbour.click()
    expect(reader.locator("#count")).to_contain_text(f"{promised} practice")


@SCRIPTS
def test_the_list_is_taken_away_as_it_is_shown(portal: Portal, reader: Page, scripts: bool) -> None:
    reader.goto(f"{portal.address}/ru/search/?theme=digital-skills&sort=title")
    titles = reader.locator("#results article h3").all_inner_texts()
    with reader.expect_download() as download:
        reader.locator("#results").get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Заголовок"] for row in rows] == titles
