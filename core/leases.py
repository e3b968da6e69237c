"""Leases for work that only one process does at a time. On the same machine the lease of a killed process is free at once."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import Error, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SECONDS = 30


class Lost(Exception):
    """Raised when another process has taken over the lease because it was not renewed in time."""


class Lease(models.Model):
    """The process that does a piece of work. It avoids double work; correctness does not depend on it."""

    job = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=200)
    until = models.DateTimeField()

    class Meta:
        app_label = "core"
        verbose_name = _("lease")

    def __str__(self) -> str:
        return f"{self.job}: {self.holder}"


class Held:
    """A lease that this process holds. Call `renew()` between the steps of long work."""

    def __init__(self, job: str) -> None:
        self.job = job

    def renew(self) -> None:
        """Extend the lease. Raises Lost if another process has taken it over."""
        if not Lease.objects.filter(job=self.job, holder=current_process_name()).update(until=lease_end()):
            raise Lost(self.job)


@contextmanager
def lease(job: str) -> Iterator[Held | None]:
    """Yield the lease of `job`, or None if another process holds it."""
    acquired = Held(job) if _take(job) else None
    try:
        yield acquired
    finally:
        if acquired:
            # Without a database connection the job has ended too, and the lease expires by itself.
            with suppress(Error):
                Lease.objects.filter(job=job, holder=current_process_name()).update(until=timezone.now())


def _take(job: str) -> bool:
    Lease.objects.get_or_create(job=job, defaults={"holder": "", "until": timezone.now()})
    free = Q(until__lte=timezone.now()) | Q(holder=current_process_name())
    holder = Lease.objects.get(job=job).holder
    if has_ended(holder):
        free |= Q(holder=holder)
    return bool(Lease.objects.filter(free, job=job).update(holder=current_process_name(), until=lease_end()))


def lease_end() -> datetime:
    """Return the time at which a lease taken or renewed now expires."""
    return timezone.now() + timedelta(seconds=SECONDS)


def current_process_name() -> str:
    """Return host, process id and start time; the start time is needed because process ids are reused."""
    return f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"


def has_ended(holder: str) -> bool:
    """Return whether the process named `holder` has ended. Always False for a process on another machine."""
    host, _, process = holder.partition(" ")
    pid, _, started = process.partition(" ")
    return host == socket.gethostname() and pid.isdecimal() and _started(int(pid)) != started


def _started(pid: int) -> str:
    """Return the start time of a process in kernel ticks, '' if it does not run, "unknown" without /proc."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "" if Path("/proc/self/stat").exists() else "unknown"
