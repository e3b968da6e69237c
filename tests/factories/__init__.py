"""What tests make things with. A factory makes no more than the test says; a published practice has its snapshot.

tree = make_tree()                                   # or the fixture `tree`
page = a_practice(tree.section("kazakhstan"), title="Schools online", themes=["digital-skills"], tags=["schools"])
draft = a_practice(tree.section(), title="Not yet", live=False)
russian = a_translation(page, title="Школы онлайн")
"""

from tests.factories.accounts import a_focal_point, a_superuser, a_user
from tests.factories.practices import a_practice, a_translation, publish
from tests.factories.site import Tree, make_tree
from tests.factories.taxonomy import a_beneficiary, a_country, a_practice_type, a_theme, an_sdg

__all__ = [
    "Tree",
    "a_beneficiary",
    "a_country",
    "a_focal_point",
    "a_practice",
    "a_practice_type",
    "a_superuser",
    "a_theme",
    "a_translation",
    "a_user",
    "an_sdg",
    "make_tree",
    "publish",
]
