from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import transaction

from practices.models import PracticePage
from tests.accounts.scenario import Scenario, build_scenario
from tests.factories import a_focal_point
from tests.support.snapshots import Snapshot

SCENARIO = Snapshot(build_scenario)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Scenario]:
    """Put there once a module, and taken back after it: the tables have hundreds of rows."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield SCENARIO.put()
        transaction.set_rollback(True)


@pytest.fixture
def scenario(built, db) -> Scenario:
    return built


@pytest.fixture
def signed_in(client, scenario):
    """signed_in("expert") gives a client of that person."""

    def sign_in(role: str):
        client.force_login(scenario.people[role], backend="accounts.backends.PortalBackend")
        return client

    return sign_in


@pytest.fixture
def counting(settings):
    """Failures to sign in are counted, as in production."""
    settings.AXES_ENABLED = True


@pytest.fixture
def alice(tree):
    return a_focal_point(tree.section(), username="alice", email="alice@example.org")


@pytest.fixture
def section(tree):
    return tree.section("kazakhstan")


@pytest.fixture
def submitted(scenario):
    """A practice with all that a review needs, waiting for the secretariat."""
    page = PracticePage.objects.get(pk=scenario.places["kazakhstan"].draft.pk)
    page.get_workflow().start(page, scenario.people["focal point"])
    mail.outbox.clear()
    return page
