"""An export is sent while it is read: it begins at once, holds a few practices at a time, and leaves nothing behind."""

import contextlib
import gc
import tempfile
import tracemalloc

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.utils import translation

from exports import entries, formats, slots
from exports.columns import table_of
from exports.tables import as_xlsx
from exports.views import files
from indexing.models import Record
from practices.kind import PRACTICE
from tests.factories.entries import an_entry, records

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STREAMED_FORMATS = ["csv", "json", "bib", "ris"]


@pytest.fixture
def read(monkeypatch):
    """The keys that were read so far."""
    keys, read_some = [], entries.entries
    monkeypatch.setattr(entries, "entries", lambda some, lang: keys.extend(some) or read_some(some, lang))
    return keys


@pytest.fixture
def open_walks(monkeypatch):
    """The walks that have begun and not ended."""
    walk, walks = entries.iter_entries, []

    def watched(query):
        walks.append(query)
        try:
            yield from walk(query)
        finally:
            walks.remove(query)

    monkeypatch.setattr(formats, "iter_entries", watched)
    monkeypatch.setattr(files, "iter_entries", watched)
    return walks


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextlib.contextmanager
def kept_connection():
    """A response that ends closes the database's connection, which is the test's own."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.mark.parametrize("extension", STREAMED_FORMATS)
def test_the_first_bytes_come_before_the_last_practice_is_read(client, read, extension):
    records([{}] * 450)
    pieces = iter(client.get(f"/en/search/export.{extension}"))
    assert next(pieces)
    assert len(read) <= 200
    assert next(pieces)
    assert len(read) == 200
    assert len(list(pieces)) >= 448
    assert len(read) == 450


@pytest.mark.parametrize("extension", [*STREAMED_FORMATS, "xlsx"])
def test_a_reader_who_goes_away_leaves_nothing(client, open_walks, temporary, extension):
    records([{}] * 10)
    response = client.get(f"/en/search/export.{extension}")
    pieces = iter(response)
    next(pieces), next(pieces, None)
    assert len(open_walks) == (extension != "xlsx")
    with kept_connection():
        response.close()
    assert not open_walks
    assert not list(temporary.iterdir())


def test_a_table_that_fails_half_way_leaves_no_file(temporary):
    def failing():
        yield an_entry()
        assert list(temporary.iterdir())  # openpyxl's own
        raise ConnectionError

    with pytest.raises(ConnectionError):
        as_xlsx(failing(), table_of(PRACTICE), "Practices")
    assert not list(temporary.iterdir())


def test_it_stays_in_its_language_whatever_the_thread_does_meanwhile(client):
    records([{}] * 3)
    pieces = iter(client.get("/ru/search/export.csv"))
    with translation.override("en"):
        file = b"".join(pieces).decode()
        assert translation.get_language() == "en"
    assert "Страна" in file
    assert file.count("Английский,en") == 6


def test_readers_wait_where_others_take_all_slots(client):
    records([{}] * 3)
    address = "/en/search/export.csv?q=schools"
    taken = [client.get(address) for _ in range(slots.SLOTS)]
    refused = client.get("/en/search/export.xlsx?q=schools")
    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (503, "60", "no-store")
    assert 'href="/en/search/export.xlsx?q=schools"' in refused.content.decode()
    with kept_connection():
        taken[0].close()  # not begun
    assert client.get("/en/search/export.xlsx").getvalue()
    assert len(list(taken[1])) == 4  # to the end
    taken += [client.get(address) for _ in range(slots.SLOTS)]
    assert [response.status_code for response in taken] == [200] * 4
    del taken  # nobody holds them any more
    gc.collect()
    assert client.get(address).getvalue()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_answer(client, monkeypatch, extension):
    monkeypatch.setattr(entries, "BATCH_SIZE", 20)
    long = {"fields": {"challenge": "Few were connected. " * 500}}

    def peak():
        gc.collect()
        tracemalloc.start()
        for _ in client.get(f"/en/search/export.{extension}"):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    records([long] * 100)
    peak()  # templates, labels and the like stay
    few = peak()
    Record.objects.all().delete()
    records([long] * 400)
    many = peak()
    # The texts alone are three times that; what grows is the engine's list of keys, made anew in a test's transaction.
    assert many - few < 1_000_000
