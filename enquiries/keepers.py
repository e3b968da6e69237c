"""The registry of recipients of readers' messages. Each app registers those of its page types in ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from core.models import BasePage
from indexing.resolution import last_known_kind


def _no_contacts(page: Any) -> set[str]:
    return set()


def _no_country(page_or_key: Any) -> str:
    return ""


@dataclass(frozen=True)
class Keepers:
    """The people responsible for pages of one type: records in a language, or sections of countries.

    `contacts` returns the e-mail addresses for questions about a page; `country` the code of the country whose focal points
    keep a page, or ""; `last_country` that of a deleted page, by its translation key. Omitted functions return nobody;
    messages then go to the secretariat.
    """

    contacts: Callable[[Any], set[str]] = _no_contacts
    country: Callable[[Any], str] = _no_country
    last_country: Callable[[UUID], str] = _no_country


NOBODY = Keepers()
_keepers: dict[type[BasePage], Keepers] = {}


def register_keepers(model: type[BasePage], keepers: Keepers) -> None:
    """Register the keepers of pages of this type. Raises ValueError if it has some already."""
    if model in _keepers:
        raise ValueError(f"Who answers for {model.__name__} is registered already.")
    _keepers[model] = keepers


def contacts_of(page: Page) -> set[str]:
    """Return the e-mail addresses for questions about this page."""
    return _of(type(page)).contacts(page)


def country_of(page: Page) -> str:
    """Return the code of the country whose focal points keep this page, "" for none."""
    return _of(type(page)).country(page)


def country_of_deleted(key: UUID) -> str:
    """Return the code of the country whose focal points kept a record before it was deleted, "" for none."""
    kind = last_known_kind(key)
    countries = (_of(model).last_country(key) for model in (kind.models if kind else ()))
    return next(filter(None, countries), "")


def _of(model: type[Page]) -> Keepers:
    return _keepers.get(model, NOBODY)
