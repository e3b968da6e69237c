"""Leases: a job is done by one process at a time. One that was killed loses its lease at once on its own machine."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from django.db import Error
from django.db.models import Q
from django.utils import timezone

from search.models import Lease

SECONDS = 30


class Lost(Exception):
    """Another process has taken the job over, since this one did not renew its lease in time."""


class Held:
    """A lease that is held; to be renewed between the steps of a long job."""

    def __init__(self, job: str) -> None:
        self.job = job

    def renew(self) -> None:
        """Raises Lost."""
        if not Lease.objects.filter(job=self.job, holder=_me()).update(until=_later()):
            raise Lost(self.job)


@contextmanager
def lease(job: str) -> Iterator[Held | None]:
    """The lease for the job, None where somebody else has it."""
    held = Held(job) if _take(job) else None
    try:
        yield held
    finally:
        if held:
            # A lost connection ends the job too; the lease runs out by itself.
            with suppress(Error):
                Lease.objects.filter(job=job, holder=_me()).update(until=timezone.now())


def _take(job: str) -> bool:
    Lease.objects.get_or_create(job=job, defaults={"holder": "", "until": timezone.now()})
    free = Q(until__lte=timezone.now()) | Q(holder=_me())
    holder = Lease.objects.get(job=job).holder
    if _has_ended(holder):
        free |= Q(holder=holder)
    return bool(Lease.objects.filter(free, job=job).update(holder=_me(), until=_later()))


def _later() -> object:
    return timezone.now() + timedelta(seconds=SECONDS)


def _me() -> str:
    return f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"


def _has_ended(holder: str) -> bool:
    """Whether a process of this machine is no more; of another machine's nobody here can tell."""
    host, _, process = holder.partition(" ")
    pid, _, started = process.partition(" ")
    return host == socket.gethostname() and pid.isdecimal() and _started(int(pid)) != started


def _started(pid: int) -> str:
    """When a process started, as the kernel counts; empty where there is none (or no /proc, where leases run out)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "" if Path("/proc/self/stat").exists() else "unknown"
