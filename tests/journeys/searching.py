"""The search page as journeys use it: what it was asked and how much it has found, with and without scripts."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys.serving import Portal

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def asked(page: Page) -> list[tuple[str, str]]:
    """The query that the address holds, empty parameters aside."""
    return sorted(parse_qsl(urlsplit(page.url).query))


def found(page: Page) -> int:
    """How many practices the page says there are."""
    return int(re.search(r"\d+", page.locator("#count").inner_text()).group())


def by_api(page: Page, portal: Portal) -> int:
    """How many the API finds for the query in the address."""
    query = urlsplit(page.url).query
    return page.request.get(f"{portal.address}/api/v1/search?{query}").json()["total"]
