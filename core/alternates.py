"""URLs of a page in all languages, for the language switch, hreflang links and the sitemap.

URLs are paths; `absolute` prefixes them with SITE_ADDRESS, whatever the host of the request.
"""

from functools import lru_cache
from typing import NotRequired, TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page


class Alternate(TypedDict):
    """The page in one language. It is announced to search engines if it `exists`."""

    language: str
    url: str
    exists: NotRequired[bool]


def absolute(path: str) -> str:
    """Return the absolute URL of a path of this portal; an absolute URL is returned unchanged."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}" if path.startswith("/") else path


def in_language(path: str, code: str) -> str:
    """Return the same path with the prefix of language `code`."""
    parts = path.split("/", 2)
    return f"/{code}/{parts[2]}" if len(parts) == 3 else path


@lru_cache(maxsize=1_000)
def address_in(code: str, name: str, *arguments: str) -> str:
    """Return the path of the URL called `name` in language `code`.

    Cached: a search page has thirty of them, and reversing took most of the time of its links.
    """
    with override(code):
        return reverse(name, args=arguments)


def home_address(code: str) -> str:
    """Return the path of the front page in language `code`."""
    return address_in(code, "wagtail_serve", "")


def same_address(path: str, *, exists: bool = False) -> list[Alternate]:
    """Return the alternates of a page that is not Wagtail's: the same path in each language; none of a path without language.

    `exists` says whether search engines should index it, i.e. it needs no form or token.
    """
    if get_language_from_path(path) is None:
        return []
    return [
        {"language": code, "url": in_language(path, code), "exists": exists} for code, _ in settings.LANGUAGES
    ]


def alternates_of(page: Page) -> list[Alternate]:
    """Return the page's URL in each language: {language, url, exists}.

    `exists` is False if `page` is not published in that language. Then the URL serves the original (for a type that
    `answers_in_every_language`) or is the front page, and is not announced to search engines.
    """
    translations = page.get_translations(inclusive=True).live().public().select_related("locale")
    urls = {translation.locale.language_code: translation.get_url() or "" for translation in translations}
    fallback = next(iter(urls.values()), "") if getattr(page, "answers_in_every_language", False) else ""
    return [
        {
            "language": code,
            "url": urls.get(code) or (in_language(fallback, code) if fallback else home_address(code)),
            "exists": code in urls,
        }
        for code, _ in settings.LANGUAGES
    ]
