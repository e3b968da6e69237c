"""Every kind of page that the public sees, with what fills the gaps of its address."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import requests

from tests.journeys.serving import Portal

IN_BOTH = "practices/kyrgyzstan/tunduk-kyrgyzstan/"
# No browser and no dictionary of hyphens finds a place to break it.
LONG_WORD = "zx" * 45
DRAFT = "/home/practices/kyrgyzstan/karool-single-window-kyrgyzstan/"
WITHDRAWN = "practices/kyrgyzstan/once-upon-a-time/"
# Every practice of the demo is in both languages: the Russian page of this one is taken away.
IN_ENGLISH_ONLY = "practices/kazakhstan/astana-hub/"
# Its address, and what stands on it that makes it a page of this kind.
PAGES = {
    "front": ("", ".hero"),
    "search": ("search/", ".facet"),
    "search for words": ("search/?q=school+connectivity", ".results mark"),
    "search with filters": (
        "search/?country=KG&country=KZ&theme=e-government&all=theme&sort=title",
        ".chips",
    ),
    "search that finds nothing": ("search/?q=broadband&country=TM", ".empty .chip"),
    "search with a typing error": ("search/?q=brodband", "#results p a[href$='q=broadband']"),
    "search for one long word": (f"search/?q={LONG_WORD}", ".empty"),
    "search for one long word with filters": (
        f"search/?q={LONG_WORD}&country=KG&theme=e-government",
        ".chips",
    ),
    "search that is not understood": ("search/?country=XX&page=0", ".notice--warning"),
    "comparison": ("search/compare/?key={key}&key={other}", "table.compare"),
    "comparison of three": ("search/compare/?key={key}&key={other}&key={third}", ".compare--3"),
    "comparison of nothing": ("search/compare/?find=school", ".addable"),
    "gaps": ("search/gaps/", "table.gaps"),
    "gaps by status": ("search/gaps/?by=status&status=scaled&status=nonsense", ".gaps__part"),
    "finder": ("search/finder/", "input[type=radio]"),
    "finder without an answer": ("search/finder/?problem=skills&asked=whom", ".field__error"),
    "withdrawn practice": (WITHDRAWN, "h1"),
    "practice": (IN_BOTH, ".story"),
    "practice in one language": (IN_ENGLISH_ONLY, ".story"),
    "practices": ("practices/", ".places"),
    "country": ("practices/kyrgyzstan/", ".stats"),
    "experts": ("practices/international/", ".card"),
    "collections": ("collections/", ".collection"),
    "collection": ("collections/connecting-the-last-mile/", ".card__note"),
    "collection with a question": ("collections/digital-skills-for-women/", "a[href*='beneficiary=women']"),
    "about": ("about/", "article"),
    "privacy": ("privacy/", "article"),
    "accessibility": ("accessibility/", "article"),
    "contact form": ("record/{key}/contact/", "form[method=post]"),
    "report form": ("record/{key}/report/", "form[method=post]"),
    "adoption form": ("record/{key}/adopted/", "form[method=post]"),
    "sent": ("record/{key}/contact/sent/", "[role=status]"),
    "alert form": ("alerts/new/?q=school&theme=e-government", "form[method=post]"),
    "alert form for one long word": (f"alerts/new/?q={LONG_WORD}", "form[method=post]"),
    "alert asked for": ("alerts/asked/?q=school", "[role=status]"),
    "alert that is gone": ("alerts/none/", "[role=status]"),
    "review link": ("{review}", "[role=note]"),
    "review link that is over": ("review/none/", "h1"),
    "not found": ("nothing/here/", "main form[role=search]"),
}
# What a page answers with where it is not 200.
STATUS = {"withdrawn practice": 410, "review link that is over": 404, "not found": 404}


def fill_placeholders(portal: Portal) -> dict[str, str]:
    """The keys of three practices, an address at which one once was, and the secret one of a draft.

    Takes the Russian page of IN_ENGLISH_ONLY away.
    """
    found: list[dict[str, Any]] = []
    for words in ("X-Road", "telemedicine"):
        found += requests.get(f"{portal.address}/api/v1/search?q={words}").json()["items"]
    key, other, third = (item["key"] for item in found[:3])
    portal.change("UPDATE wagtailcore_page SET live = 0 WHERE url_path = ?", f"/home-ru/{IN_ENGLISH_ONLY}")
    portal.change("INSERT INTO indexing_formerpath (path, key) VALUES (?, ?)", WITHDRAWN, uuid4().hex)
    now = datetime.now(UTC)
    portal.change(
        "INSERT INTO practices_reviewlink (page_id, created_by_id, token, created, expires)"
        " SELECT ?, id, 'of-the-pages', ?, ? FROM accounts_user WHERE username = 'focal-kyrgyzstan'",
        str(portal.number_of(DRAFT)), str(now), str(now + timedelta(days=1)),
    )  # fmt: skip
    return {"review": "review/of-the-pages/", "key": key, "other": other, "third": third}
