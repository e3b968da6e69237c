"""Asking for a job, and taking one up."""

import json
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.registry import registered
from core.leases import lease_end, this_process

LONGEST_KEY = 200


def enqueue(name: str, **arguments: object) -> Job:
    """Ask for a job, in the transaction of the change that makes it necessary.

    One of the same name and arguments that nobody has begun is not doubled, but held until this transaction ends: it must
    not begin before what it is to see is there. `arguments` are JSON. Raises KeyError for an unknown name.
    """
    registered[name]
    key = key_of(arguments)
    with transaction.atomic():
        while True:
            waiting = Job.objects.named(name, key).unfinished().untouched().select_for_update().first()
            if waiting:
                return waiting
            # Another transaction may insert the same: then this waits for it, and looks again.
            Job.objects.bulk_create([Job(name=name, key=key, arguments=arguments)], ignore_conflicts=True)


def key_of(arguments: dict[str, object]) -> str:
    """The arguments as one text; empty where there are none."""
    text = json.dumps(arguments, sort_keys=True, ensure_ascii=False) if arguments else ""
    return text if len(text) <= LONGEST_KEY else sha256(text.encode()).hexdigest()


def claim() -> Job | None:
    """The next job that is due and that no living process works on, now this one's; None where there is none."""
    if not Job.objects.runnable(timezone.now()).unheld(timezone.now()).exists():
        return None  # asked without a lock first: on SQLite the lock is everybody's
    with transaction.atomic():
        now = timezone.now()
        runnable = Job.objects.runnable(now).unheld(now)
        job = runnable.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        if job.holder:
            # It was killed, or the machine was; a job that always kills its worker must not take all its time.
            job.failures, job.error = job.failures + 1, f"The worker ended in the middle ({job.holder})."
        job.holder, job.until, job.started = this_process(), lease_end(), job.started or now
        job.save(update_fields=["holder", "until", "started", "failures", "error"])
        return job
