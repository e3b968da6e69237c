"""After an update with another analysis of words, the worker makes the terms of the records anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.jobs.timetable import enqueue_due
from core.jobs.worker import run_all
from indexing import documents
from indexing.analysis import VERSION
from indexing.models import LexiconWord, Record
from search.engines import engine
from search.query import Query
from tests.factories import a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def outdated(tree):
    """Two practices whose records are as an earlier version left them."""
    for title in ("Справки онлайн", "Школы онлайн"):
        a_practice(tree.section("kazakhstan"), title=title)
    Record.objects.update(title_terms=" стар ", variant_terms="", analysis=0)
    LexiconWord.objects.all().delete()


def found(q: str) -> int:
    return engine().search(Query(q=q)).total


def test_the_worker_brings_the_records_up_to_date(outdated):
    assert found("справка") == 0
    appeared = dict(Record.objects.values_list("key", "appeared"))
    enqueue_due()  # the timetable begins
    enqueue_due(timezone.now() + timedelta(minutes=2))
    run_all()
    assert found("справка") == 1
    assert not Record.objects.with_outdated_terms().exists()
    assert LexiconWord.objects.get(word="справки").is_name
    assert dict(Record.objects.values_list("key", "appeared")) == appeared  # no subscriber is told
    versions = set(Record.objects.values_list("version", flat=True))
    enqueue_due(timezone.now() + timedelta(minutes=4))
    run_all()
    assert set(Record.objects.values_list("version", flat=True)) == versions


def test_the_command_does_so_at_once(outdated):
    call_command("search_check", repair=True)
    assert found("справка") == 1


def test_an_index_of_another_analysis_is_not_current(monkeypatch):
    before = documents.fingerprint()
    monkeypatch.setattr(documents, "VERSION", VERSION + 1)
    assert documents.fingerprint() != before
