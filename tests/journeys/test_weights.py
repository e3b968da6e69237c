"""What a first visit brings over the wire, headers and all, without photographs: lines are slow, and volume costs."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.journeys.serving import Portal

# In bytes; the strictest that a page type is promised.
FIRST_VISIT, SEARCH_PAGE = 100_000, 40_000
VISITS = {
    "": FIRST_VISIT,
    "search/": SEARCH_PAGE,
    "search/?q=school+connectivity": SEARCH_PAGE,
    "search/?country=KZ&country=KG&country=UZ&status=ongoing&sort=title": SEARCH_PAGE,
    "practices/kyrgyzstan/tunduk-kyrgyzstan/": FIRST_VISIT,
    "practices/kyrgyzstan/": FIRST_VISIT,
    "collections/connecting-the-last-mile/": FIRST_VISIT,
}
PHOTOGRAPHS = "/media/"


@dataclass
class Received:
    url: str
    encoding: str
    size: int


def received(page: Page, url: str) -> list[Received]:
    """All that a visit brings, with the bytes that went over the wire."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    answers: dict[str, Received] = {}

    def begun(event: dict) -> None:
        response = event["response"]
        headers = {name.lower(): value for name, value in response["headers"].items()}
        answers[event["requestId"]] = Received(response["url"], headers.get("content-encoding", ""), 0)

    def finished(event: dict) -> None:
        answers[event["requestId"]].size = int(event["encodedDataLength"])

    wire.on("Network.responseReceived", begun)
    wire.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle")
    return list(answers.values())


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("path", VISITS)
def test_a_first_visit_is_light(portal: Portal, page: Page, path: str, language: str) -> None:
    answers = [
        answer
        for answer in received(page, f"{portal.address}/{language}/{path}")
        if PHOTOGRAPHS not in answer.url and not answer.url.startswith("data:")
    ]
    weights = {answer.url.removeprefix(portal.address): answer.size for answer in answers}
    assert len(weights) > 4
    assert sum(weights.values()) <= VISITS[path], weights
    for answer in answers:
        assert answer.size > 0
        assert answer.encoding or answer.size < 1000, answer


def test_the_second_page_brings_little_more_than_its_text(portal: Portal, page: Page) -> None:
    """Styles and scripts are named after their content, so that a browser keeps them."""
    page.goto(f"{portal.address}/en/", wait_until="networkidle")
    answers = received(page, f"{portal.address}/en/practices/kyrgyzstan/")
    assert sum(answer.size for answer in answers) < 12_000, answers
