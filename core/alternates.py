"""One page in its other languages: for the language switch, for search engines, for the sitemap.

Addresses are paths; `absolute` puts the portal's own in front, whatever host a request came by.
"""

from functools import lru_cache
from typing import NotRequired, TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page


class Alternate(TypedDict):
    """The page in one language. Search engines are told of it where it `exists`."""

    language: str
    url: str
    exists: NotRequired[bool]


def absolute(path: str) -> str:
    """The whole address of a path of this portal; a whole address stays as it is."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}" if path.startswith("/") else path


def in_language(path: str, code: str) -> str:
    """The same path below another language's prefix."""
    parts = path.split("/", 2)
    return f"/{code}/{parts[2]}" if len(parts) == 3 else path


@lru_cache(maxsize=1_000)
def address_in(code: str, name: str, *arguments: str) -> str:
    """The path of the address called `name` in that language. Remembered: a search page has thirty of them, and looking
    them up took most of the time that its links need."""
    with override(code):
        return reverse(name, args=arguments)


def home_address(code: str) -> str:
    """The front page in that language."""
    return address_in(code, "wagtail_serve", "")


def same_address(path: str, *, exists: bool = False) -> list[Alternate]:
    """For a page that is not Wagtail's: its address in each language. Search engines are told of it where it `exists` for
    itself, without a form or a token."""
    return [
        {"language": code, "url": in_language(path, code), "exists": exists} for code, _ in settings.LANGUAGES
    ]


def alternates_of(page: Page) -> list[Alternate]:
    """Where the switch leads in each language: {language, url, exists}.

    `exists` is False where `page` is not published in that language: then the address answers with the original
    (for a type that `answers_in_every_language`), or is the front page, and no search engine is told of it.
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
