"""A foreign key counts as an import in the layers of the apps."""

import pytest

from ops.foreign_keys import layers, upward

pytestmark = pytest.mark.sqlite_suffices


def test_no_foreign_key_points_up():
    assert not list(upward(layers()))


def test_one_that_does_is_named():
    upside_down = layers()[::-1]
    assert "curation.CollectionItem.practice points up, to practices.PracticePage" in upward(upside_down)
