"""Pages published as an editor does it, through a revision."""

from typing import TypeVar

from django.db import transaction
from wagtail.models import Locale, Page

AnyPage = TypeVar("AnyPage", bound=Page)


@transaction.atomic
def publish(page: Page, **fields: object) -> None:
    """Give a page of the tree these fields and publish it."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def russian_copy(page: AnyPage) -> AnyPage:
    """The Russian page of `page`, not yet published: the same in all but its place in the other tree."""
    copy: AnyPage = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    return copy
