"""Who answers for what readers write about. The app of a page type tells it here when it is ready; no page type is known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from core.models import BasePage
from indexing.resolution import last_known_kind


def _none_known(page: Any) -> set[str]:
    return set()


def _no_country(page_or_key: Any) -> str:
    return ""


@dataclass(frozen=True)
class Keepers:
    """Who answers for the pages of one type: records in a language, or sections of countries. Whatever is left out is nobody;
    where nobody answers, the secretariat does.

    `contacts` returns the e-mail addresses that a question about a page reaches; `country` the code of the country whose
    focal points keep a page, "" for none; `last_country` the same of a page that was deleted, by its translation key.
    """

    contacts: Callable[[Any], set[str]] = _none_known
    country: Callable[[Any], str] = _no_country
    last_country: Callable[[UUID], str] = _no_country


NOBODY = Keepers()
_keepers: dict[type[BasePage], Keepers] = {}


def register_keepers(model: type[BasePage], keepers: Keepers) -> None:
    """Let `keepers` answer for the pages of this type; it may be registered once. Raises ValueError."""
    if model in _keepers:
        raise ValueError(f"Who answers for {model.__name__} is registered already.")
    _keepers[model] = keepers


def contacts_of(page: Page) -> set[str]:
    """Return the e-mail addresses that a question about this page reaches."""
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
