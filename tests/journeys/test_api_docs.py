"""The page that explains the API: it can be read by everybody, in both languages, and what it tells one to type works."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.judging import PHONE, Watch, faults, out_of_reach
from tests.journeys.serving import Portal

OTHER = {"en": "ru", "ru": "en"}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_and_its_other_language(portal: Portal, page: Page, language: str) -> None:
    watch = Watch(page, portal)
    page.goto(f"{portal.address}/api/v1/docs?lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#limits")).to_contain_text("RateLimit-Remaining")
    assert faults(page) == []
    page.set_viewport_size(PHONE)
    assert out_of_reach(page) == []
    page.locator(".languages a").click()
    expect(page.locator("html")).to_have_attribute("lang", OTHER[language])
    expect(page).to_have_url(f"{portal.address}/api/v1/docs?lang={OTHER[language]}")
    assert watch.complaints == []


def test_the_examples_in_python_work_as_they_stand_there(portal: Portal, page: Page) -> None:
    page.goto(f"{portal.address}/api/v1/docs")
    examples = [text for text in page.locator("pre").all_inner_texts() if "urlopen" in text]
    assert len(examples) == 2
    for example in examples:
        done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, timeout=200)
        assert (done.returncode, done.stderr) == (0, "")
        assert portal.address in done.stdout
