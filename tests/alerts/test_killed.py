"""The job is killed at any line, or runs twice at once: nobody misses a practice, and whatever comes twice has one
Message-ID. Real processes, real signals, real commits; the mail server is a folder."""

import signal
from collections import defaultdict
from contextlib import contextmanager
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.conf import settings as portal
from hypothesis import settings

from alerts import jobs as job
from alerts.models import Subscription
from core.jobs import enqueue
from core.jobs.worker import run_all
from core.outbox import send_due
from core.searchable import SearchContent
from core.versions import next_version
from indexing.models import Record
from indexing.records import store
from tests.alerts.conftest import a_subscription, make_due
from tests.factories.contents import START
from tests.support.killing import end, start, traced

pytestmark = pytest.mark.slow

SOAK = settings.get_current_profile_name() == "soak"
KILLS = 30
RACES = 100 if SOAK else 5
# Django's, between the messages of a file.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
APP = str(Path(job.__file__).parent)
READERS = {"all@example.com": "", "kz@example.com": "country=KZ", "none@example.com": "country=TM"}
WANTED = {"all@example.com": {1, 2, 3, 4}, "kz@example.com": {1, 3}, "none@example.com": set()}


@pytest.fixture
def mailbox(committed, tmp_path, monkeypatch):
    """The folder in which every message becomes a file."""
    monkeypatch.setattr(portal, "EMAIL_BACKEND", "core.mail.OutboxBackend")
    monkeypatch.setattr(
        portal, "EMAIL_DELIVERY_BACKEND", "django.core.mail.backends.filebased.EmailBackend", raising=False
    )
    monkeypatch.setattr(portal, "EMAIL_FILE_PATH", str(tmp_path), raising=False)
    return tmp_path


@pytest.mark.drill
def test_killed_at_any_line_it_tells_everybody_everything_once(mailbox):
    lines = lines_of_a_run(mailbox)
    points = range(1, lines + 1) if SOAK else range(1, lines + 1, max(1, lines // KILLS))
    assert len(points) >= KILLS
    for line in points:
        begin(mailbox)
        assert end(start(partial(traced, work, APP, line))) == -signal.SIGKILL
        appear(4, "TJ")
        work()
        finish()
        check(mailbox, f"killed at line {line} of {lines}")


@pytest.mark.drill
def test_two_runs_at_once_write_one_email(mailbox, monkeypatch):
    @contextmanager
    def everybodys(_job):
        yield SimpleNamespace(renew=lambda: None)

    monkeypatch.setattr(job, "lease", everybodys)
    for _ in range(RACES):
        begin(mailbox)
        runs = [start(job.run) for _ in range(2)]
        assert [end(run) for run in runs] == [0, 0]
        appear(4, "TJ")
        finish()
        check(mailbox, "two at once")


@pytest.mark.django_db
def test_where_nobody_is_due_nothing_happens():
    """Also: pytest-django makes the test database only where some test is marked so."""
    assert job.run() == job.RunResult()


def work() -> None:
    """As the worker does it."""
    enqueue("alerts.send")
    run_all()
    send_due()


def begin(mailbox: Path) -> None:
    """Three readers, whose e-mails are due, and three practices that are new to them."""
    for file in mailbox.iterdir():
        file.unlink()
    Subscription.objects.all().delete()
    Record.objects.all().delete()
    for email, query in READERS.items():
        a_subscription(query, email)
    for number, country in enumerate(("KZ", "TJ", "KZ"), start=1):
        appear(number, country)


def appear(number: int, country: str) -> None:
    content = SearchContent(
        key=UUID(int=number), kind="practice", language="en", title=f"Practice {number}", summary="Short.",
        url=f"/en/practices/x/{number}/", fields={}, keywords=[], facets={"country": [country]}, first_published=START,
        is_original=True,
    )  # fmt: skip
    store(content.key, [content], next_version())


def finish() -> None:
    """What is due later is due now."""
    for subscription in Subscription.objects.all():
        make_due(subscription)
    work()


def check(mailbox: Path, case: str) -> None:
    emails: dict[str, set[str]] = defaultdict(set)
    for alert_email in b"".join(file.read_bytes() for file in mailbox.iterdir()).split(BETWEEN)[:-1]:
        message = message_from_bytes(alert_email, policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        practices = {number for number in range(1, 5) if f"Practice {number}\n" in text}
        emails[message["Message-ID"]].add((message["To"], frozenset(practices)))
    told: dict[str, list[int]] = defaultdict(list)
    for message_id, sent in emails.items():
        assert len(sent) == 1, f"{case}: {message_id} says different things"
        [(reader, practices)] = sent
        told[reader] += practices
    assert {reader: sorted(told[reader]) for reader in READERS} == {
        reader: sorted(numbers) for reader, numbers in WANTED.items()
    }, case


def lines_of_a_run(mailbox: Path) -> int:
    """How many lines of this app a run passes, once all that it needs has been imported."""
    begin(mailbox)
    finish()
    begin(mailbox)
    return traced(work, APP, None)
