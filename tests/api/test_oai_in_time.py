"""A harvester that goes on from the time of an answer, while somebody saves."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils.timezone import now

from core.versions import next_version
from indexing.models import Record
from tests.api.harvesting import OAI, asked
from tests.support.waiting import until

pytestmark = pytest.mark.slow

LIST = "verb=ListIdentifiers&metadataPrefix=oai_dc"


class Saver(threading.Thread):
    """A transaction that has taken its number and ends when it is told to."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.key, self.change = uuid4(), 0
        self.taken, self.may_end = threading.Event(), threading.Event()
        self.start()

    def run(self) -> None:
        with transaction.atomic():
            self.change = next_version()
            Record.objects.create(
                key=self.key,
                kind="practice",
                change=self.change,
                removed=True,
                facets={},
                first_published=now(),
            )
            self.taken.set()
            self.may_end.wait(60)
        connection.close()


def keys(answer):
    return [found.text.rpartition(":")[2] for found in answer.iter(f"{OAI}identifier")]


def test_who_goes_on_from_the_time_of_an_answer_misses_nothing_that_was_being_saved(committed):
    saver = Saver()
    assert saver.taken.wait(30)
    # Into the next second: datestamps have no parts of one.
    until(lambda: time.time_ns() // 10**9 > saver.change // 10**6)
    answers = []
    reader = threading.Thread(target=lambda: answers.append(asked(Client(), LIST)))
    reader.start()
    reader.join(1)  # it may answer now or wait for the saver: neither may lose anything
    saver.may_end.set()
    saver.join(30)
    reader.join(30)

    since = answers[0].findtext(f"{OAI}responseDate")
    later = asked(Client(), f"{LIST}&from={since}")
    assert str(saver.key) in keys(answers[0]) + keys(later)


def test_who_cannot_be_answered_in_time_is_asked_to_come_back(db, client, monkeypatch):
    def busy():
        raise OperationalError("database is locked")

    monkeypatch.setattr("api.oai.answers.settled_time", busy)
    response = client.get(f"/oai?{LIST}")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert client.get("/oai?verb=Identify").status_code == 200
