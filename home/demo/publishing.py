"""Publish pages through a revision, as an editor does."""

from typing import TypeVar

from django.db import transaction
from wagtail.models import Locale, Page

AnyPage = TypeVar("AnyPage", bound=Page)


@transaction.atomic
def publish(page: Page, **fields: object) -> None:
    """Set the fields of an existing page and publish it."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def russian_copy(page: AnyPage) -> AnyPage:
    """Return an unpublished Russian copy of `page` in the Russian tree."""
    copy: AnyPage = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    return copy
