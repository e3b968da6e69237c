"""A rebuild that is killed again and again while practices change and readers ask."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import settings as profile
from wagtail.models import PageViewRestriction

from core.versions import next_version
from indexing import documents, indexes, server
from indexing.consistency import check
from indexing.index_drift import find_index_drift
from indexing.models import Record, SearchIndex
from indexing.rebuild import is_needed, rebuild
from indexing.records import store
from indexing.shipping import ship
from practices.models import PracticePage
from search.engines import engine
from search.query import Query
from tests.factories import a_practice
from tests.support.serving import search_server
from tools.bench.corpus import Corpus

pytestmark = pytest.mark.slow

SOAK = profile.get_current_profile_name() == "soak"
RECORDS, KILLS = (10_000, 20) if SOAK else (1_200, 2)
CHANGES_A_SECOND = 20


@pytest.fixture
def silent():
    return lambda _: None


@contextmanager
def meanwhile(*jobs) -> Iterator[list[BaseException]]:
    """Each job again and again in a thread of its own with its own connection; out: what they raised."""
    stop, failures = threading.Event(), []

    def go_on(job):
        try:
            while not stop.is_set():
                job(stop)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=go_on, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        yield failures
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def a_rebuild() -> subprocess.Popen[str]:
    """`manage.py search_rebuild` on the tests' database and server."""
    database = connection.settings_dict
    address = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        who = f"{database['USER']}:{database['PASSWORD']}"
        address = f"postgres://{who}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    told = {
        "TEST_DATABASE_URL": address,
        "ELASTICSEARCH_URL_OF_PROCESS": settings.ELASTICSEARCH_URL,
        "ELASTICSEARCH_INDEX": settings.ELASTICSEARCH_INDEX,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "manage.py", "search_rebuild"]
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=os.environ | told, stdout=subprocess.PIPE, text=True
    )


def kill_rebuilds(kills: int, rng: random.Random) -> None:
    """Start rebuilds until so many of them were killed, each after a random part of the time that one takes."""
    longest = 1.0
    while kills:
        with a_rebuild() as process:
            process.stdout.readline()  # it has begun or goes on
            begun = time.monotonic()
            try:
                process.wait(rng.uniform(0, longest))
                longest = max(longest, time.monotonic() - begun)
                assert process.returncode == 0
            except subprocess.TimeoutExpired:
                process.kill()
                kills -= 1


@pytest.mark.drill
def test_readers_never_see_an_incomplete_index_however_often_it_is_killed(committed, silent):
    rng = random.Random(5)
    corpus = Corpus(RECORDS)
    with search_server():
        for number in range(RECORDS):
            practice = corpus.practice(number)
            store(practice[0].key, practice, next_version())
        rebuild(silent)

        def change(stop):
            practice = corpus.practice(rng.randrange(RECORDS))
            store(
                practice[0].key,
                [replace(content, summary=f"{content.summary} {rng.random()}") for content in practice],
                next_version(),
            )
            stop.wait(1 / CHANGES_A_SECOND)

        def work(stop):
            ship()
            stop.wait(0.2)

        def read(stop):
            found = engine().search(Query(size=5))
            assert (found.total, len(found.keys), found.degraded) == (RECORDS, 5, False)

        with meanwhile(change, work, read) as failures:
            kill_rebuilds(KILLS, rng)
            with a_rebuild() as last:
                assert last.wait() == 0
        assert failures == []
        ship()
        index = SearchIndex.objects.get()
        assert index.stage == SearchIndex.Stage.LIVE
        assert indexes.list_indexes() == indexes.aliased_indexes() == [index.name]
        assert not find_index_drift(index)
        assert documents.count(index.name) == RECORDS


@pytest.mark.django_db
def test_injected_drift_is_named_exactly_and_mended(tree, silent):
    practices = [a_practice(tree.section("kazakhstan"), title=f"Practice {n}") for n in range(5)]
    corpus = Corpus(95)
    with search_server():
        for practice in corpus:
            store(practice[0].key, practice, next_version())
        rebuild(silent)
        index = SearchIndex.objects.get()
        keys = [practice[0].key for practice in corpus]
        missing, stale, ghosts = keys[:30], keys[30:60], keys[60:90]
        has = documents.versions(index.name, keys)
        documents.delete_documents(index.name, (has[key] for key in missing))
        for record in Record.objects.filter(key__in=stale):
            record.version += 7
            record.save(update_fields=["version"])
        Record.objects.filter(key__in=ghosts).delete()
        indexes.refresh(index.name)
        restrictions = [PageViewRestriction(page=page, restriction_type="login") for page in practices]
        PageViewRestriction.objects.bulk_create(restrictions)

        found = check()
        assert found.of_pages.restricted == sorted(page.translation_key for page in practices)
        # The generated records have no pages.
        assert set(found.of_pages.ghosts) == set(keys) - set(ghosts)
        assert vars(found.of_engine) == {
            "missing": sorted(missing), "stale": sorted(stale), "ghosts": sorted(ghosts),
        }  # fmt: skip
        check(repair=True)
        ship()
        assert not check().drift
        assert engine().size(Query()) == 0


@pytest.mark.django_db
def test_a_changed_mapping_asks_for_a_rebuild_and_the_database_answers_meanwhile(tree, silent, monkeypatch):
    a_practice(tree.section("kazakhstan"), title="Lighthouse")
    with search_server():
        rebuild(silent)
        assert not is_needed()
        monkeypatch.setattr("indexing.documents.fingerprint", lambda: "other")
        for module in ("indexing.indexes", "indexing.rebuild", "search.engines.elastic"):
            monkeypatch.setattr(f"{module}.fingerprint", lambda: "other")
        assert is_needed()
        found = engine().search(Query(q="lighthouse"))
        assert (found.total, found.degraded) == (1, True)
        rebuild(silent)
        assert not is_needed()
        assert PracticePage.objects.live().count() == 1


@pytest.mark.django_db
def test_another_portal_on_the_same_server_keeps_its_index(tree, silent, settings):
    """Also one whose name begins as ours does."""
    with search_server():
        staging = f"{settings.ELASTICSEARCH_INDEX}-staging-20260101-120000-abcd"
        server.client().indices.create(index=staging)
        try:
            rebuild(silent)
            assert server.client().indices.exists(index=staging)
        finally:
            indexes.remove(staging)
