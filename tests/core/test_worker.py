"""The worker as operators start it: a process that does all there is to do, says nothing of it, and ends when told."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection

from core.jobs import enqueue
from core.models import Job, Mail
from tests.support.smtp import Recipients, smtp_server
from tests.support.waiting import until

pytestmark = pytest.mark.slow

WITHIN = 120


@pytest.fixture
def server(monkeypatch) -> Iterator[Recipients]:
    handler = Recipients()
    with smtp_server(handler, monkeypatch):
        yield handler


@pytest.mark.django_db
def test_there_is_a_database():
    """pytest-django makes one only where some test of the run is marked so."""
    assert not Job.objects.exists()


def test_it_runs_jobs_and_sends_mail_until_it_is_told_to_end(committed, server: Recipients):
    enqueue("core.purge")
    send_mail("Subject", "Text", None, ["reader@example.org"])
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=os.environ | environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        until(lambda: worker.poll() is not None or not is_work_left(), WITHIN)
        assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGTERM)
        printed, _ = worker.communicate(timeout=WITHIN)
    assert list(server.contents) == ["reader@example.org"]
    assert worker.returncode == 0
    assert printed == b""


def is_work_left() -> bool:
    return Job.objects.unfinished().exists() or Mail.objects.waiting().exists()


def environment() -> dict[str, str]:
    """The database and the mail server of the tests."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{Path(database['NAME'])}"
    else:
        host = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        url = f"postgres://{host}/{database['NAME']}"
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "TEST_DATABASE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
    }
