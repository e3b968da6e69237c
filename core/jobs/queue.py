"""Enqueue jobs and claim them."""

import json
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.registry import job_definitions
from core.leases import current_process_name, lease_end

LONGEST_KEY = 200


def enqueue(name: str, **arguments: object) -> Job:
    """Enqueue a job in the transaction of the change that makes it necessary.

    If a job with the same name and arguments has not been started, it is returned, locked until this transaction ends, so
    that it sees the change when it runs. `arguments` are JSON. Raises KeyError for an unknown name.
    """
    job_definitions[name]
    key = key_of(arguments)
    with transaction.atomic():
        while True:
            waiting = Job.objects.named(name, key).unfinished().not_started().select_for_update().first()
            if waiting:
                return waiting
            # If another transaction inserts the same job, this waits for it and looks again.
            Job.objects.bulk_create([Job(name=name, key=key, arguments=arguments)], ignore_conflicts=True)


def key_of(arguments: dict[str, object]) -> str:
    """Return the arguments as one text, '' if there are none."""
    text = json.dumps(arguments, sort_keys=True, ensure_ascii=False) if arguments else ""
    return text if len(text) <= LONGEST_KEY else sha256(text.encode()).hexdigest()


def claim() -> Job | None:
    """Claim and return the next due job that no running process has claimed; None if there is none."""
    if not Job.objects.runnable(timezone.now()).unclaimed(timezone.now()).exists():
        return None  # checked without a lock first: SQLite locks the whole database
    with transaction.atomic():
        now = timezone.now()
        runnable = Job.objects.runnable(now).unclaimed(now)
        job = runnable.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        if job.holder:
            # Its worker was killed. Counted as a failure, so that a job that always kills its worker is postponed.
            job.failures, job.error = job.failures + 1, f"The worker ended in the middle ({job.holder})."
        job.holder, job.until, job.started = current_process_name(), lease_end(), job.started or now
        job.save(update_fields=["holder", "until", "started", "failures", "error"])
        return job
