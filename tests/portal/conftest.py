"""Pages that readers share, none of them kept in memory yet."""

import pytest
from django.core.cache import caches

from curation.models import CollectionIndexPage, CollectionItem, CollectionPage
from home.models import PlainPage
from tests.factories import Tree, a_practice, a_translation, publish


@pytest.fixture
def nothing_kept():
    caches["pages"].clear()


@pytest.fixture
def practice(tree: Tree):
    return a_practice(tree.section(), title="Schools online", themes=["digital-skills"], tags=["schools"])


@pytest.fixture
def collection(tree: Tree, practice):
    index = tree.homes["en"].add_child(instance=CollectionIndexPage(title="Collections", slug="collections"))
    page = CollectionPage(title="Last mile", intro="Six ways.", featured=True)
    page.items = [CollectionItem(practice=practice, note="Start here.", locale=index.locale)]
    index.add_child(instance=page)
    return publish(page)


@pytest.fixture
def public(tree: Tree, practice, collection) -> list[str]:
    """An address of each kind of page that readers share."""
    plain = PlainPage(title="About", slug="about", body=[("text", "<p>Who we are.</p>")])
    tree.homes["en"].add_child(instance=plain)
    practices = [a_translation(practice, title="Школы онлайн"), a_practice(tree.section("international"))]
    pages = [*tree.homes.values(), *tree.indexes.values(), *tree.sections.values(), practice, *practices]
    addresses = [page.get_url() for page in [*pages, collection, collection.get_parent(), plain]]
    in_russian_only_as_original = practices[-1].get_url().replace("/en/", "/ru/")
    searches = [
        "/en/search/",
        "/ru/search/?country=KZ",
        "/en/search/?q=schools",
        "/en/search/?q=nothing-of-it",
    ]
    return [*addresses, in_russian_only_as_original, *searches]
