"""Collections: published ones, in English."""

from typing import Any

from curation.models import CollectionIndexPage, CollectionItem, CollectionPage
from practices.models import PracticePage
from tests.factories.site import Tree


def a_collection(
    tree: Tree, title: str, picked: list[tuple[PracticePage, str]], **fields: Any
) -> CollectionPage:
    """A collection of these practices with a note on each, below the index of the tree, which is made once."""
    locale = tree.homes["en"].locale
    index = CollectionIndexPage.objects.first() or tree.homes["en"].add_child(
        instance=CollectionIndexPage(title="Collections", slug="collections", locale=locale)
    )
    page = CollectionPage(title=title, locale=locale, **fields)
    page.items = [
        CollectionItem(practice=practice, note=note, sort_order=place, locale=locale)
        for place, (practice, note) in enumerate(picked)
    ]
    index.add_child(instance=page)
    page.save_revision().publish()
    return CollectionPage.objects.get(pk=page.pk)
