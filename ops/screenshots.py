"""The pictures of docs/images/, taken from the demo as `make run` serves it; `make screenshots` prepares it first.

The portal's own settings hold (DATABASE_URL above all); CHROMIUM is the path of the browser.
"""

import io
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.apps import apps
from django.urls import reverse
from django.utils.module_loading import import_string
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
STARTS_WITHIN = 120
# A quiet browser that asks no host anything, as in tests/conftest.py.
FLAGS = [
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
]
# Every clone carries these files for good. Pages of few flat colours lose nothing that the eye sees.
COLOURS = 128
LARGEST = 250_000


@dataclass(frozen=True)
class Screen:
    width: int
    height: int
    scale: int = 1


DESKTOP = Screen(1280, 900)
PHONE = Screen(360, 740, scale=2)


def as_it_opens(page: Page) -> None:
    pass


def with_what_is_missing(page: Page) -> None:
    page.locator(".meter summary").click()


def with_decisions(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("[name=action-cancel-workflow]").wait_for()


@dataclass(frozen=True)
class Picture:
    """A screenshot: URL, screen, user ('' for a reader) and a function that prepares the page."""

    name: str
    address: str
    screen: Screen = DESKTOP
    user: str = ""
    prepare: Callable[[Page], None] = as_it_opens


def pictures() -> list[Picture]:
    """Return the screenshots to take. Needs Django and the demo content."""
    return [
        Picture("front-en", "/en/"),
        Picture("search-en", "/en/search/?q=school&theme=digital-inclusion"),
        Picture("search-ru-phone", "/ru/search/?q=школы&theme=digital-inclusion", PHONE),
        Picture("practice-en", "/en/practices/kyrgyzstan/suusamyr-community-network/"),
        Picture("practice-ru-phone", "/ru/practices/kyrgyzstan/suusamyr-community-network/", PHONE),
        Picture("comparison-en", _comparison("tunduk-kyrgyzstan", "asan-service-azerbaijan")),
        Picture("gaps-ru", "/ru/search/gaps/"),
        Picture("country-map-en", "/en/practices/"),
        Picture("country-ru", "/ru/practices/kyrgyzstan/"),
        Picture(
            "editor-en",
            _editor("suusamyr-community-network", "en"),
            user="focal-kyrgyzstan",
            prepare=with_what_is_missing,
        ),
        Picture("editor-new-ru", _editor_of_new_practice("kazakhstan", "ru"), user="focal-kazakhstan"),
        Picture("editor-ru", _editor("accessible-internet-kazakhstan", "ru"), user="focal-kazakhstan"),
        Picture(
            "review-en",
            _editor("karool-single-window-kyrgyzstan", "en"),
            user="secretariat",
            prepare=with_decisions,
        ),
    ]


def _editor(slug: str, language: str) -> str:
    pages = apps.get_model("practices", "PracticePage").objects.in_language(language)
    return reverse("wagtailadmin_pages:edit", args=[pages.get(slug=slug).pk])


def _comparison(*slugs: str) -> str:
    pages = apps.get_model("practices", "PracticePage").objects.in_language("en")
    return "/en/search/compare/?" + "&".join(f"key={pages.get(slug=slug).translation_key}" for slug in slugs)


def _editor_of_new_practice(section: str, language: str) -> str:
    sections = apps.get_model("practices", "SectionPage").objects.filter(locale__language_code=language)
    names = ["practices", "practicepage", sections.get(slug=section).pk]
    return reverse("wagtailadmin_pages:add", args=names)


@contextmanager
def portal() -> Iterator[str]:
    """Serve the portal on a free port and yield its URL. Raises RuntimeError if it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "--config", "ops/gunicorn.py", "portal.wsgi"]
    environment = os.environ | {"PORT": str(port), "SITE_ADDRESS": address, "LOG_LEVEL": "WARNING"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_until_ready(server, f"{address}/-/ready")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_until_ready(server: subprocess.Popen, url: str) -> None:
    given_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < given_up and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("The portal did not start.")


def take(picture: Picture, browser: Browser, address: str, password: str) -> bytes:
    """Return a PNG of few colours. Raises RuntimeError if the page fails or the image is too large."""
    context = browser.new_context(
        viewport={"width": picture.screen.width, "height": picture.screen.height},
        device_scale_factor=picture.screen.scale,
        reduced_motion="reduce",
        base_url=address,
    )
    page = _signed_in(context, picture.user, password) if picture.user else context.new_page()
    response = page.goto(picture.address, wait_until="networkidle")
    if not response or response.status != 200:
        raise RuntimeError(f"{picture.address} does not answer for {picture.user or 'a reader'}.")
    picture.prepare(page)
    image = _of_few_colours(page.screenshot(animations="disabled"))
    context.close()
    if len(image) > LARGEST:
        raise RuntimeError(f"{picture.name} has {len(image)} bytes, more than {LARGEST}.")
    return image


def _signed_in(context: BrowserContext, user: str, password: str) -> Page:
    page = context.new_page()
    page.goto(reverse("account_login"))
    page.fill("[name=login]", user)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")
    return page


def _of_few_colours(png: bytes) -> bytes:
    few = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> None:
    django.setup()
    screenshots = pictures()  # before the browser: beside its loop Django refuses the database
    password = import_string("home.demo.people.PASSWORD")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with portal() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=[f"--{flag}" for flag in FLAGS],
        )
        for picture in screenshots:
            file = IMAGES / f"{picture.name}.png"
            file.write_bytes(take(picture, browser, address, password))
            print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
