"""Jobs: asked for with the change or not at all, done step by step to the end, whatever happens to the worker."""

import signal
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import settings

import core.jobs
from core.jobs import Done, Next, enqueue, job, registry, running, timetable
from core.jobs.models import Job, ScheduledRun
from core.jobs.queue import claim
from core.jobs.running import run_next
from core.jobs.worker import run_all
from core.models import Lease, Mail
from core.outbox import note_refusal
from core.versions import current_version, next_version
from tests.support.killing import end, start, traced

SOAK = settings.get_current_profile_name() == "soak"
KILLS = 30
STEPS = 6
PACKAGE = str(Path(core.jobs.__file__).parent)


@pytest.fixture
def jobs(monkeypatch):
    """A registry of the test's own."""
    monkeypatch.setattr(registry, "job_definitions", {})
    for module in (running, timetable, core.jobs.queue):
        monkeypatch.setattr(module, "job_definitions", registry.job_definitions)
    monkeypatch.setattr(running, "LEAST_REST", 0)
    return registry.job_definitions


@pytest.fixture
def counting(jobs):
    """A job that notes each of its steps in a row of its own."""

    @job("count")
    def count(cursor: int | None, *, row: str = "count") -> Next | Done:
        step = (cursor or 0) + 1
        kept, _ = Lease.objects.get_or_create(job=row, defaults={"holder": "", "until": timezone.now()})
        kept.holder += str(step)
        kept.save()
        return Done(f"{STEPS} counted") if step == STEPS else Next(step, done=step, total=STEPS)

    return count


def counted(row: str = "count") -> str:
    return "".join(Lease.objects.filter(job=row).values_list("holder", flat=True))


@pytest.mark.django_db
def test_a_job_is_asked_for_with_the_change_or_not_at_all(counting):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("count")
        raise ZeroDivisionError
    assert not Job.objects.exists()

    with pytest.raises(KeyError):
        enqueue("unheard-of")


@pytest.mark.django_db
def test_it_goes_on_step_by_step_and_says_how_far_it_is(counting):
    enqueue("count")
    run_next(seconds=0)
    kept = Job.objects.get()
    assert (kept.done, kept.total, kept.finished, kept.holder) == (1, STEPS, None, "")
    run_all()
    kept.refresh_from_db()
    assert kept.finished
    assert kept.outcome == "6 counted"
    assert counted() == "123456"


@pytest.mark.django_db
def test_of_the_same_name_and_arguments_one_waits(counting):
    assert enqueue("count", row="a").pk == enqueue("count", row="a").pk != enqueue("count", row="b").pk
    run_next(seconds=0)
    begun = Job.objects.exclude(started=None).get()
    again = enqueue("count", **begun.arguments)
    assert again.pk != begun.pk, "what has begun may have passed by what is new"
    run_all()
    assert counted("a") == "123456" * 2
    assert counted("b") == "123456"
    assert Job.objects.count() == 2, "of the finished ones the last is kept"


@pytest.mark.django_db
def test_turns_are_shared(counting):
    for row in "ab":
        enqueue("count", row=row)
    for _ in range(4):
        run_next(seconds=0)
    assert counted("a") == counted("b") == "12"


@pytest.mark.django_db
def test_a_step_that_fails_undoes_what_it_did_and_is_tried_again_later(jobs):
    attempts = []

    @job("fragile")
    def fragile(cursor: None) -> Done:
        attempts.append(timezone.now())
        ScheduledRun.objects.create(name=str(len(attempts)), due=timezone.now())
        if len(attempts) < 4:
            raise ConnectionError("not now")
        return Done()

    enqueue("fragile")
    pauses = []
    while not Job.objects.filter(finished__isnull=False):
        assert run_next(), "not before its pause is over"
        assert run_next() is None, "not before its pause is over"
        kept = Job.objects.get()
        if not kept.finished:
            assert kept.error == "ConnectionError: not now"
            pauses.append(kept.due - timezone.now())
        Job.objects.update(due=timezone.now())
    assert pauses == sorted(pauses)
    assert pauses[2] > 3 * pauses[0]
    assert list(ScheduledRun.objects.values_list("name", flat=True)) == ["4"]
    assert Job.objects.get().failures == 0


@pytest.mark.django_db
def test_a_name_that_this_version_does_not_know_waits_for_one_that_does(jobs):
    Job.objects.create(name="of-tomorrow")
    run_all()
    kept = Job.objects.get()
    assert kept.failures == 1
    assert kept.due > timezone.now()
    assert not kept.finished


@pytest.mark.django_db
def test_a_command_lists_what_fails_and_has_it_tried_again(jobs, capsys):
    call_command("jobs")
    assert capsys.readouterr().out == ""
    Job.objects.create(name="of-tomorrow")
    refused = Mail.objects.create(message_id="<1@x>", recipient="gone@example.org", content=b"")
    note_refusal(refused, "550 unknown")
    run_all()
    call_command("jobs", retry=True)
    told = capsys.readouterr().out
    assert "of-tomorrow: 0 of ?" in told
    assert "KeyError" in told
    assert "gone@example.org: waits" in told
    assert "550 unknown" in told
    assert Job.objects.get().due <= timezone.now()
    assert Mail.objects.get().due <= timezone.now()


@pytest.mark.django_db
def test_the_timetable_asks_once_and_makes_up_for_missed_runs_once(jobs):
    wanted = [True]
    job("often", every=timedelta(minutes=5), when=lambda: wanted[0])(lambda cursor: Done())
    job("nightly", daily_at=3)(lambda cursor: Done())
    noon = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Asia/Almaty"))

    def asked(hours: float) -> list[str]:
        timetable.enqueue_due(noon + timedelta(hours=hours))
        names = sorted(Job.objects.unfinished().values_list("name", flat=True))
        run_all()
        return names

    timetable.enqueue_due(noon)  # learns the names
    assert asked(0) == ["often"]
    assert asked(0.01) == []
    assert asked(2) == ["often"]
    assert asked(2.05) == []
    assert asked(14.9) == ["often"]
    assert asked(15) == ["nightly", "often"]
    assert asked(15.01) == []
    wanted[0] = False
    assert asked(24 * 9) == ["nightly"]


@pytest.mark.drill
def test_killed_at_any_line_it_ends_with_every_step_once(committed, counting):
    """Each step is saved with its cursor, so none is done twice either."""
    enqueue("count")
    run_all()
    enqueue("count")
    lines = traced(run_all, PACKAGE, None)
    points = range(1, lines + 1) if SOAK else range(1, lines + 1, max(1, lines // KILLS))
    for line in points:
        Lease.objects.all().delete()
        enqueue("count")
        assert end(start(partial(traced, run_all, PACKAGE, line))) == -signal.SIGKILL
        run_all()
        assert counted() == "123456", f"killed at line {line} of {lines}"
        assert not Job.objects.unfinished().exists()


@pytest.mark.drill
def test_what_kills_its_worker_each_time_gets_pauses(committed, jobs):
    @job("deadly")
    def deadly(cursor: None) -> Done:
        signal.raise_signal(signal.SIGKILL)
        return Done()

    enqueue("deadly")
    for _ in range(3):
        assert end(start(run_all)) == -signal.SIGKILL
    assert end(start(run_all)) == 0, "the worker lives and does the others"
    kept = Job.objects.get()
    assert kept.due > timezone.now()
    assert "ended in the middle" in kept.error


@pytest.mark.drill
def test_two_workers_do_each_step_once(committed, counting):
    rows = [f"row{number}" for number in range(12)]
    for row in rows:
        enqueue("count", row=row)
    workers = [start(run_all) for _ in range(2)]
    assert [end(worker) for worker in workers] == [0, 0]
    assert {row: counted(row) for row in rows} == dict.fromkeys(rows, "123456")


def test_a_job_does_not_begin_before_every_change_that_asks_for_it_is_saved(committed, counting):
    """Two changes ask for the same job: it must not be taken for the first while the second is being saved."""
    enqueue("count")
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            enqueue("count")
            claimed = other.submit(claim_elsewhere)
            if connection.vendor == "postgresql":
                assert claimed.result() is None, "passed by"
            else:
                assert not wait([claimed], timeout=0.2).done, "waits for the one that writes"
            saved = next_version()
        assert claimed.result() is None or claimed.result() >= saved


def claim_elsewhere() -> int | None:
    """What a worker that takes the job can see of the changes; None where there is nothing to take."""
    try:
        return current_version() if claim() else None
    finally:
        connection.close()
