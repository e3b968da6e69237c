"""What tests of core share."""

import pytest

from home.models import PlainPage
from tests.factories import a_practice, a_translation
from tests.factories.collections import a_collection
from tests.factories.translating import russian_of

KINDS = ["practice", "collection", "section", "plain page"]


@pytest.fixture(params=KINDS)
def pair(request, tree):
    """A page and its Russian one, of the kind asked for."""
    kind = request.param
    if kind == "section":
        return tree.section(), tree.section("kazakhstan", "ru")
    if kind == "plain page":
        about = PlainPage(title="About", slug="about", locale=tree.homes["en"].locale)
        page = tree.homes["en"].add_child(instance=about)
        return page, russian_of(page)
    if kind == "collection":
        page = a_collection(tree, "Schools", [])
        return page, russian_of(page)
    page = a_practice(tree.section(), title="Schools online")
    return page, a_translation(page, title="Школы онлайн")
