"""The worker publishes and withdraws pages at their times, by the timetable, one a step."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core import scheduled
from core.jobs import timetable
from core.jobs.models import Job
from core.jobs.worker import run_all
from practices.models import PracticePage
from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
IN_AN_HOUR = timedelta(hours=1)


def page_of(page):
    return PracticePage.objects.get(pk=page.pk)


@pytest.fixture
def timed(tree):
    """Two drafts that go live in an hour, and a published page that expires then."""
    drafts = [a_practice(tree.section(), title=f"Number {number}", live=False) for number in range(2)]
    for draft in drafts:
        draft.go_live_at = timezone.now() + IN_AN_HOUR
        draft.save_revision().publish()
    expiring = a_practice(tree.section(), title="Until then")
    expiring.expire_at = timezone.now() + IN_AN_HOUR
    expiring.save_revision().publish()
    timetable.enqueue_due()  # learns the names
    run_all()
    return drafts, expiring


def live(timed):
    drafts, expiring = timed
    return [page_of(page).live for page in (*drafts, expiring)]


def work(after):
    """What the worker does at that time."""
    with time_machine.travel(timezone.now() + after):
        timetable.enqueue_due()
        run_all()


def test_pages_go_live_and_expire_at_their_times(timed):
    work(IN_AN_HOUR / 2)
    assert live(timed) == [False, False, True]
    assert not Job.objects.filter(name="core.publish_scheduled"), "nobody asks where nothing is due"
    work(IN_AN_HOUR * 1.1)
    assert live(timed) == [True, True, False]


def test_one_that_fails_holds_up_no_other(timed, monkeypatch, caplog):
    drafts, _expiring = timed
    carry_out = scheduled._publish_or_expire

    def fail_once(found):
        if getattr(found, "object_id", "") == str(drafts[0].pk):
            raise ZeroDivisionError
        carry_out(found)

    with monkeypatch.context() as patched:
        patched.setattr(scheduled, "_publish_or_expire", fail_once)
        work(IN_AN_HOUR * 1.1)
    assert live(timed) == [False, True, False]
    assert "could not be published" in caplog.text
    work(IN_AN_HOUR * 1.2)
    assert live(timed) == [True, True, False]
