"""Fixtures of all rooms, loaded by tests/conftest.py."""

import pytest
from django.utils import translation

from tests.factories import Tree, a_superuser, make_tree


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language active in the thread; the next test starts in English all the same."""
    with translation.override("en"):
        yield


@pytest.fixture
def tree(db) -> Tree:
    """Both language trees: tree.section("kazakhstan", "ru"), tree.homes["en"]."""
    return make_tree()


@pytest.fixture
def superuser(db):
    return a_superuser()


@pytest.fixture
def admin_client(client, superuser):
    """A client signed in as somebody who may do everything."""
    client.force_login(superuser, backend="accounts.backends.PortalBackend")
    return client
