"""What tests of practices share."""

import pytest

from tests.factories import a_practice


@pytest.fixture
def practice(tree):
    return a_practice(tree.section(), title="Schools online")
