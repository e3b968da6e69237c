"""Collections to test with."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale, Page

from curation.models import CollectionIndexPage, CollectionItem, CollectionPage
from practices.models import PracticePage
from tests.factories import Tree

Picked = list[tuple[PracticePage, str]]


def published(parent: Page, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def index(tree: Tree) -> CollectionIndexPage:
    page = CollectionIndexPage(title="Collections", slug="collections", locale=tree.homes["en"].locale)
    return published(type(tree.homes["en"]).objects.get(pk=tree.homes["en"].pk), page)


@pytest.fixture
def a_collection(index: CollectionIndexPage) -> Callable[..., CollectionPage]:
    """Publishes a collection of these (practice, note) pairs."""

    def make(title: str = "Connected schools", picked: Picked = [], **fields: Any) -> CollectionPage:  # noqa: B006
        page = CollectionPage(title=title, locale=index.locale, **fields)
        page.items = [
            CollectionItem(practice=p, note=note, sort_order=place) for place, (p, note) in enumerate(picked)
        ]
        return published(CollectionIndexPage.objects.get(pk=index.pk), page)

    return make


@pytest.fixture
def in_russian() -> Callable[[Page], Page]:
    """Publishes the Russian page of a page made here, as a translator does, with its children."""

    def translate(page: Page, **fields: Any) -> Page:
        translation = page.copy_for_translation(Locale.objects.get(language_code="ru"), copy_parents=True)
        for name, value in fields.items():
            setattr(translation, name, value)
        translation.save_revision().publish()
        for parent in translation.get_ancestors().filter(live=False, depth__gt=1):
            parent.specific.save_revision().publish()
        return type(page).objects.get(pk=translation.pk)

    return translate
