"""What journeys stand on: the portal as it is run, in a browser, with nothing in between. See README.md."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.editing import Editor
from tests.journeys.pages import fill_placeholders
from tests.journeys.serving import Portal, serve

# Patience for a machine with more to do; nothing waits longer than it must.
PATIENCE = 30_000


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """The demo, for journeys that only read it, write messages and drafts."""
    with serve(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(scope="session")
def placeholders(portal: Portal) -> dict[str, str]:
    """What fills the gaps in the addresses of PAGES (tests/journeys/pages.py)."""
    return fill_placeholders(portal)


@pytest.fixture
def own_portal(tmp_path) -> Iterator[Portal]:
    """The demo, for a journey that changes what others read."""
    with serve(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, request):
    return browser_context_args | {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def author(portal: Portal, page: Page) -> Editor:
    return Editor(page, portal, "focal-kyrgyzstan")


@pytest.fixture
def reader(new_context: Callable[..., BrowserContext], scripts: bool) -> Page:
    return new_context(java_script_enabled=scripts).new_page()
