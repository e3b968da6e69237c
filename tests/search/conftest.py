"""Fixtures of the search's tests."""

import pytest

from core.models import ContentVersion
from search.models import Happening, Lease, Record, SearchIndex, Word


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """The database as other processes and threads see it; afterwards without what the search has in it. A flush, as
    `transaction=True` has it, would take the migrations' own rows from the tests that come after."""
    with django_db_blocker.unblock():
        yield
        for model in (Record, Word, SearchIndex, Lease, Happening, ContentVersion):
            model.objects.all().delete()
