"""What tests of readers' messages share."""

import pytest

from tests.factories import a_practice


@pytest.fixture
def practice(tree):
    return a_practice(tree.section(), title="Schools online")


@pytest.fixture
def contact(practice):
    return f"/en/record/{practice.translation_key}/contact/"


@pytest.fixture
def report(practice):
    return f"/en/record/{practice.translation_key}/report/"
