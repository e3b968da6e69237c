"""Every page as the Nu Html Checker reads it, which browsers, search engines and screen readers agree with."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup, Comment, Doctype
from django.template.loader import render_to_string

from tests.exports import schema_org
from tests.factories.entries import an_entry
from tests.journeys.pages import PAGES, STATUS
from tests.journeys.serving import Portal
from tests.support.clients import run_java

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

CHECKER = "vnu-jar/build/dist/vnu.jar"
# Pages without content of their own, which the browser's journeys have elsewhere.
MORE_PAGES = {
    "sign-in": "accounts/login/",
    "reset of a password": "accounts/password/reset/",
    "page of a collection": "collections/digital-skills-for-women/?page=2",
    "second page of a search": "search/?page=2",
}
EMAILS = ["emails/alert.html", "emails/alert_confirm.html"]
# Pages of the tree: they have a title that somebody wrote.
TITLED = {
    "front", "practices", "country", "experts", "collections", "collection", "page of a collection",
    "collection with a question", "about", "privacy", "accessibility", "practice", "practice in one language",
}  # fmt: skip
# robots.txt keeps crawlers from queries.
QUERIES = {name for name, (path, _mark) in PAGES.items() if path.startswith("search/") and "?" in path}
# What answers when no view does.
STATIC_PAGES = ["500.html", "400.html", "413.html", "403_csrf.html"]
# Attributes of htmx, which HTML does not know, and which htmx reads without the prefix data- as well.
OF_HTMX = re.compile("Attribute “hx-[a-z-]+” not allowed")
NOT_TEXT = (Comment, Doctype)
CYRILLIC, LATIN_WORD = re.compile("[а-яё]", re.IGNORECASE), re.compile("[a-z]{2,}", re.IGNORECASE)
ADDRESS = re.compile(r"\S+[/@.]\S+")


def _addresses(portal: Portal, placeholders: dict[str, str]) -> dict[str, str]:
    """Name -> URL of every kind of page in both languages, and of all content that the sitemaps list."""
    paths = {name: path.format(**placeholders) for name, (path, _mark) in PAGES.items()} | MORE_PAGES
    addresses = {
        f"{name}, {code}": f"/{code}/{path}" for name, path in paths.items() for code in ("en", "ru")
    }
    listed = requests.get(f"{portal.address}/sitemap.xml").text
    for part in re.findall("<loc>(.*?)</loc>", listed):
        content = requests.get(part).text if "sitemap-" in part else listed
        locations = re.findall("<loc>(.*?)</loc>", content)
        addresses |= {path: path for url in locations if (path := url.removeprefix(portal.address))}
    return addresses | {"API documentation": "/api/v1/docs"}


@pytest.fixture(scope="module")
def pages(portal: Portal, placeholders: dict[str, str]) -> dict[str, str]:
    """Name -> HTML of every page, with its language at the end of the name."""
    html = {name: render_to_string(name) for name in STATIC_PAGES}
    subscription = {"language": "en", "confirmed": None}
    letter = {
        "subscription": subscription,
        "head": "New",
        "words": "all practices",
        "shown": [an_entry()],
        "more": 2,
    }
    html |= {name: render_to_string(name, letter) for name in EMAILS}
    with requests.Session() as session:
        for name, path in _addresses(portal, placeholders).items():
            answer = session.get(f"{portal.address}{path}")
            assert answer.status_code == STATUS.get(name.rpartition(",")[0], 200), name
            html[name] = answer.text
        form = f"{portal.address}/ru/record/{placeholders['key']}/contact/"
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', session.get(form).text)
        assert token
        refused = session.post(form, {"csrfmiddlewaretoken": token[1], "text": "Кратко"})
        html["form with errors"] = refused.text
    return html


def test_the_checker_finds_nothing(pages: dict[str, str], tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.html" for number in range(len(pages))]
    for file, html in zip(files, pages.values(), strict=True):
        file.write_text(html)
    checked = run_java(CHECKER, "--format", "json", *map(str, files))
    messages: list[dict[str, Any]] = json.loads(checked.stderr)["messages"]
    names = list(pages)
    faults = Counter(
        f"{names[int(Path(message['url']).stem)]}: {message['message']} {message.get('extract', '')}"
        for message in messages
        if not OF_HTMX.match(message["message"])
    )
    assert not faults, "\n".join(f"{number} × {fault}" for fault, number in faults.items())


def test_a_text_in_other_letters_says_its_language(pages: dict[str, str]) -> None:
    """Else a screen reader spells it: Russian in an English page, a sentence of English in a Russian one."""
    faults = {
        f"{name}: {text}"
        for name, html in pages.items()
        for text, language in _texts(html)
        if (language == "en" and CYRILLIC.search(text))
        or (language == "ru" and len(LATIN_WORD.findall(text)) >= 4 and not CYRILLIC.search(text))
    }
    assert not faults, "\n".join(sorted(faults))


def _texts(html: str) -> Iterator[tuple[str, str]]:
    """Yield each text of the body with its language; no addresses and no code."""
    for node in BeautifulSoup(html, "html.parser").body.find_all(string=True):
        if not isinstance(node, NOT_TEXT) and not node.find_parent(["script", "style", "code", "pre"]):
            text = ADDRESS.sub("", str(node)).strip()
            yield text, node.find_parent(lang=True)["lang"]


def test_no_two_pages_that_are_listed_share_a_description(pages: dict[str, str]) -> None:
    described: dict[str, set[str]] = {}
    for name, page in _heads(pages):
        given = [tag["content"] for tag in page.find_all("meta", {"name": "description"})]
        is_listed = name not in EMAILS and name.rpartition(",")[0] not in QUERIES
        if is_listed and not page.find("meta", {"name": "robots", "content": re.compile("noindex")}):
            assert len(given) == 1, name
            canonical = page.find("link", rel="canonical")
            described.setdefault(given[0], set()).add(canonical["href"] if canonical else name)
        assert all(len(text) > 40 for text in given), f"{name}: {given}"
    shared = {text: names for text, names in described.items() if len(names) > 1}
    assert not shared


def test_a_link_to_any_page_is_shown_with_a_picture(portal: Portal, pages: dict[str, str]) -> None:
    for name, page in _heads(pages):
        if name not in (*STATIC_PAGES, *EMAILS):
            (picture,) = (tag["content"] for tag in page.find_all("meta", property="og:image"))
            assert picture.startswith(portal.address), name
    assert requests.get(picture).headers["Content-Type"] in ("image/png", "image/jpeg")


def test_a_link_to_any_page_is_shown_with_its_title_and_text(pages: dict[str, str]) -> None:
    for name, page in _heads(pages):
        kind, _, language = name.rpartition(", ")
        if kind not in TITLED:
            continue
        spoken = "en" if kind == "practice in one language" else language
        tags = page.find_all("meta", property=re.compile("^og:(?!locale:alternate)"))
        given = {tag["property"]: tag["content"] for tag in tags}
        assert len(given) == len(tags), f"{name}: one of each"
        assert given.pop("og:title").strip(), name
        assert given.pop("og:image"), name
        assert given == {
            "og:type": "article" if kind in ("practice", "practice in one language") else "website",
            "og:url": page.find("link", rel="canonical")["href"],
            "og:description": page.find("meta", {"name": "description"})["content"],
            "og:site_name": {"en": "SPECA good practices", "ru": "Передовой опыт СПЕКА"}[spoken],
            "og:locale": {"en": "en_US", "ru": "ru_RU"}[spoken],
        }, name


def test_linked_data_are_schema_org(pages: dict[str, str]) -> None:
    types: dict[str, set[str]] = {}
    for name, page in _heads(pages):
        for script in page.find_all("script", type="application/ld+json"):
            data = json.loads(script.string)
            assert schema_org.faults(data) == [], name
            assert data.get("dateModified", "z") >= data.get("datePublished", "z"), name
            types.setdefault(data["@type"], set()).add(name.rpartition(",")[0] or name)
    assert types["WebSite"] >= {"front"}
    assert types["CollectionPage"] >= {"practices", "country", "experts", "collections", "collection"}
    assert types["Report"] >= {"practice", "practice in one language"}


def _heads(pages: dict[str, str]) -> Iterator[tuple[str, BeautifulSoup]]:
    return ((name, BeautifulSoup(html, "lxml")) for name, html in pages.items())


def test_browsers_find_an_icon_beside_files_that_name_none(portal: Portal) -> None:
    icon = requests.get(f"{portal.address}/favicon.ico")
    assert icon.status_code == 200
    assert icon.content.startswith(b"\0\0\1\0")  # the type of the file
