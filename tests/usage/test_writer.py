"""Counts of several processes add up; a killed one loses what it has counted since its last write, and nothing else."""

import logging
import os
import signal
from collections import Counter
from datetime import date
from uuid import uuid4

import pytest
from django.db import DataError, OperationalError

from tests.support.killing import end, start
from tests.support.waiting import until
from usage import storing, visits
from usage.facts import Count, Event, Fact, TextCount
from usage.memory import MOST_ITEMS, MOST_VISITS, Visit, memory
from usage.models import DailyCount, SearchedText
from usage.writer import start_writer, write

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 30)
SEARCH = Count(TODAY, "en", False, Fact(Event.SEARCH))


def number(event: Event = Event.SEARCH) -> int:
    return sum(DailyCount.objects.filter(event=event).values_list("number", flat=True))


def text(word: str, day: date = TODAY) -> TextCount:
    return TextCount(day, "en", word, True)


def test_a_killed_process_loses_only_what_it_counted_since_its_last_write(committed, settings):
    settings.USAGE_SECONDS = 0.2

    def serve():
        memory.add(Counter({SEARCH: 5}))
        start_writer()
        until(lambda: number() == 5)
        settings.USAGE_SECONDS = 3600
        memory.is_full.set()  # the thread waits for the hour from here on
        until(lambda: not memory.is_full.is_set())
        memory.add(Counter({SEARCH: 7}))
        os.kill(os.getpid(), signal.SIGKILL)

    assert end(start(serve)) == -signal.SIGKILL
    assert number() == 5


def test_two_processes_add_up(committed):
    def serve():
        for turn in range(40):
            memory.add(Counter({SEARCH: 2, text("schools"): 1, text(f"schools {turn}"): 1}))
            write()

    children = [start(serve), start(serve)]
    assert [end(child) for child in children] == [0, 0]
    assert number() == 2 * 40 * 2
    assert number(Event.NEW_TEXT) == 1 + 40
    assert SearchedText.objects.get(text="schools").number == 2 * 40


def test_a_child_does_not_write_what_its_parent_has_counted(committed):
    memory.add(Counter([SEARCH]))
    assert end(start(write)) == 0
    assert number() == 0
    write()
    assert number() == 1


@pytest.mark.django_db
def test_what_the_database_refuses_is_written_later(monkeypatch):
    def refuse(items):
        raise OperationalError("database is locked")

    memory.add(Counter({SEARCH: 3}))
    with monkeypatch.context() as patched:
        patched.setattr("usage.writer.store", refuse)
        write()
    assert number() == 0
    memory.add(Counter([SEARCH]))
    write()
    assert number() == 4


@pytest.mark.django_db
def test_what_the_database_will_never_take_holds_up_nothing_and_is_not_in_the_log(monkeypatch, caplog):
    def fail(error: type[Exception]):
        def raise_error(*arguments):
            raise error("value too long: Aliya K.")

        return raise_error

    monkeypatch.setitem(visits._readers, "search:page", fail(DataError))
    memory.see(Visit("/en/search/", "q=Aliya+K.", True, False))
    memory.add(Counter([SEARCH, text("Aliya K.")]))
    with monkeypatch.context() as patched, caplog.at_level(logging.DEBUG):
        for error in (DataError, OperationalError):
            patched.setattr("usage.writer.store", fail(error))
            memory.add(Counter({SEARCH: 3}))
            write()
    write()
    assert number() == 3
    assert "search:page" in caplog.text
    assert "DataError" in caplog.text
    assert "Aliya" not in caplog.text


@pytest.mark.django_db
def test_of_new_texts_a_day_keeps_a_thousand_and_goes_on_counting_known_ones(monkeypatch):
    monkeypatch.setattr(storing, "MOST_NEW_TEXTS", 3)
    memory.add(Counter({text("one"): 5, text("two"): 4, text("three"): 3, text("four"): 2}))
    write()
    memory.add(Counter([text("one"), text("five")]))
    write()
    assert dict(SearchedText.objects.values_list("text", "number")) == {"one": 6, "two": 4, "three": 3}
    memory.add(Counter([text("four", date(2026, 12, 1)), text("one", date(2026, 12, 1))]))
    write()
    assert sorted(SearchedText.objects.filter(day=date(2026, 12, 1)).values_list("text", flat=True)) == [
        "four",
        "one",
    ]


def test_a_flood_of_addresses_fills_no_memory_even_while_the_database_is_away():
    def flood() -> None:
        for _ in range(MOST_VISITS + 10):
            memory.see(Visit(f"/en/{uuid4()}/", "", None, False))

    flood()
    taken, _, lost = memory.take()
    assert (len(taken), lost) == (MOST_VISITS, 10)
    flood()
    items = Counter({text(f"{place}"): 2 for place in range(MOST_ITEMS + 10)})
    memory.put_back(taken, Counter(items))
    memory.put_back(Counter(), items)
    taken, items, lost = memory.take()
    assert (len(taken), len(items), items.total()) == (MOST_VISITS, MOST_ITEMS, 4 * MOST_ITEMS)
    assert lost == 10 + MOST_VISITS + 4 * 10
