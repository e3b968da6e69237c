"""A foreign key counts as an import in the layers of the apps."""

import pytest

from ops.foreign_keys import layers, relations_to_higher_apps

pytestmark = pytest.mark.sqlite_suffices


def test_no_foreign_key_points_up():
    assert not list(relations_to_higher_apps(layers()))


def test_one_that_does_is_named():
    upside_down = layers()[::-1]
    assert (
        "curation.CollectionItem.practice points up, to practices.PracticePage"
        in relations_to_higher_apps(upside_down)
    )
