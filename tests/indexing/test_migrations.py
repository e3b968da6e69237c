"""Migrating the search back and forth: whatever was there before is found afterwards, and what comes after too."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from indexing.models import Record
from search.engines import engine
from search.query import Query
from tests.factories.entries import records

pytestmark = pytest.mark.slow


@pytest.fixture
def latest_afterwards(committed):
    yield
    call_command("migrate", verbosity=0)


def found(q):
    return engine().search(Query(q=q)).total


def test_the_full_text_outlives_every_way_back_and_forth(latest_afterwards):
    names = sorted(name for app, name in MigrationLoader(connection).disk_migrations if app == "search")
    records([{"title": "Mountain radio", "summary": "Waves"}])
    assert found("radio") == 1
    for name in reversed(names[:-1]):
        call_command("migrate", "search", name, verbosity=0)
        call_command("migrate", verbosity=0)
        assert found("radio") == 1, f"back to {name}: what was there is lost"
        Record.objects.update(title_terms=" | ", summary_terms=" later ")
        assert found("radio") == 0, f"back to {name}: what comes later is lost"
        assert found("later") == 1, f"back to {name}: what comes later is lost"
        Record.objects.update(title_terms=" radio ", summary_terms=" wave ")
        assert found("radio") == 1


@pytest.mark.django_db
def test_a_fresh_database_finds_what_is_stored():
    records([{"title": "Mountain radio"}])
    assert found("radio") == 1
