"""Fixtures of all apps, loaded by tests/conftest.py."""

from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.utils import translation

from alerts.models import Subscription
from core.models import ContentVersion, Job, Lease, Mail, ScheduledRun
from indexing.models import JobStatus, LexiconWord, Record, SearchIndex
from search.models import Embedding
from tests.factories import Tree, a_superuser, make_tree
from tests.support.snapshots import Snapshot
from usage.memory import memory
from usage.models import DailyCount, SearchedText

TREE = Snapshot(make_tree)


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language active in the thread; the next test starts in English all the same."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_counted():
    """No count has visits of another test."""
    memory.forget()


@pytest.fixture
def tree(db) -> Tree:
    """Both language trees: tree.section("kazakhstan", "ru"), tree.homes["en"]."""
    return TREE.put()


@pytest.fixture
def superuser(db):
    return a_superuser()


@pytest.fixture
def admin_client(client, superuser):
    """A client signed in as somebody who may do everything."""
    client.force_login(superuser, backend="accounts.backends.PortalBackend")
    return client


@pytest.fixture
def one_connection():
    """The application keeps the test's own connection, as Django's client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The database as other processes and threads see it; afterwards without what a test of the search or of the alerts
    puts there. A flush, as `transaction=True` has it, would take the migrations' own rows from the tests that come after."""
    with django_db_blocker.unblock():
        # pytest-django makes one only where some test of the run is marked django_db.
        assert "test" in Path(connection.settings_dict["NAME"]).name, "not the test database"
        yield
        search = (Record, LexiconWord, SearchIndex, JobStatus, Embedding)
        for model in (
            Subscription,
            *search,
            Job,
            ScheduledRun,
            Mail,
            Lease,
            ContentVersion,
            DailyCount,
            SearchedText,
        ):
            model.objects.all().delete()
