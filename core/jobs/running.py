"""Run a job step by step, saving the cursor after each, until it is done or its turn is over."""

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.jobs.models import Job, JobQuerySet
from core.jobs.queue import claim
from core.jobs.registry import Done, Next, job_definitions
from core.leases import Lost, current_process_name, lease_end

logger = logging.getLogger(__name__)
# Seconds for which one job runs before the next one's turn.
TURN = 1.0
# Seconds of pause between two steps, as long as the step took, so that others can write: waiting writers of SQLite try only
# ten times a second.
LEAST_REST, LONGEST_REST = 0.01, 0.5
FIRST_PAUSE, LONGEST_PAUSE = 2, 3600
# A job whose worker was killed this often without finishing a step is postponed like a failed one.
KILLS_TO_PAUSE = 3
Stop = Callable[[], bool]


def never_stop() -> bool:
    return False


def run_next(stop: Stop = never_stop, seconds: float = TURN) -> Job | None:
    """Run one turn of the job that has waited longest and return it; None if no job is due."""
    job = claim()
    if job is None:
        return None
    if job.failures >= KILLS_TO_PAUSE and job.error.startswith("The worker ended"):
        _postpone(job, job.failures)
    else:
        run_turn(job, stop, seconds)
    return job


def run_turn(job: Job, stop: Stop, seconds: float) -> None:
    """Run steps of a claimed job for `seconds`. Exceptions of a step are stored in the job."""
    ends = time.monotonic() + seconds
    try:
        while True:
            begun = time.monotonic()
            if _run_step(job):
                return
            if stop() or time.monotonic() >= ends:
                _mine(job).update(holder="", until=None, due=timezone.now())
                return
            time.sleep(min(max(time.monotonic() - begun, LEAST_REST), LONGEST_REST))
    except Lost:
        logger.warning("Job %s %s was taken over by another worker.", job.pk, job)
    except Exception as failure:
        logger.exception("Job %s %s failed.", job.pk, job)
        _keep_failure(job, failure)


def _run_step(job: Job) -> bool:
    """Run one step; return whether the job is done. Raises Lost, KeyError for an unknown name, and what the step raises."""
    kind = job_definitions[job.name]
    with transaction.atomic() if kind.atomic else nullcontext():
        outcome = kind.step(job.cursor, **job.arguments)
        with transaction.atomic():
            return _finish(job, outcome) if isinstance(outcome, Done) else _advance(job, outcome)


def _advance(job: Job, step: Next) -> bool:
    job.cursor = step.cursor
    changes = {"cursor": step.cursor, "done": step.done, "total": step.total, "failures": 0, "error": ""}
    if not _mine(job).update(**changes, until=lease_end()):
        raise Lost(str(job))
    return False


def _finish(job: Job, done: Done) -> bool:
    """Mark the job as finished and delete earlier finished jobs with the same name and key."""
    changes = {"outcome": done.outcome, "failures": 0, "error": "", "holder": "", "until": None}
    if not _mine(job).update(**changes, finished=timezone.now()):
        raise Lost(str(job))
    Job.objects.named(job.name, job.key).exclude(finished=None).exclude(pk=job.pk).delete()
    return True


def _keep_failure(job: Job, failure: Exception) -> None:
    failures = (Job.objects.filter(pk=job.pk).values_list("failures", flat=True).first() or 0) + 1
    _mine(job).update(failures=failures, error=f"{type(failure).__name__}: {failure}"[:2000])
    _postpone(job, failures)


def _postpone(job: Job, failures: int) -> None:
    pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
    _mine(job).update(holder="", until=None, due=timezone.now() + timedelta(seconds=pause))


def _mine(job: Job) -> JobQuerySet:
    return Job.objects.unfinished().filter(pk=job.pk, holder=current_process_name())
