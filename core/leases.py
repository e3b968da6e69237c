"""Leases: work is done by one process at a time. One that was killed loses its lease at once on its own machine."""

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
    """Another process has taken the work over, since this one did not renew its lease in time."""


class Lease(models.Model):
    """Who does a piece of work that two need not do at once. It saves work; nothing relies on it to be right."""

    job = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=200)
    until = models.DateTimeField()

    class Meta:
        app_label = "core"
        verbose_name = _("lease")

    def __str__(self) -> str:
        return f"{self.job}: {self.holder}"


class Held:
    """A lease that is held; to be renewed between the steps of long work."""

    def __init__(self, job: str) -> None:
        self.job = job

    def renew(self) -> None:
        """Raises Lost."""
        if not Lease.objects.filter(job=self.job, holder=this_process()).update(until=lease_end()):
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
                Lease.objects.filter(job=job, holder=this_process()).update(until=timezone.now())


def _take(job: str) -> bool:
    Lease.objects.get_or_create(job=job, defaults={"holder": "", "until": timezone.now()})
    free = Q(until__lte=timezone.now()) | Q(holder=this_process())
    holder = Lease.objects.get(job=job).holder
    if has_ended(holder):
        free |= Q(holder=holder)
    return bool(Lease.objects.filter(free, job=job).update(holder=this_process(), until=lease_end()))


def lease_end() -> datetime:
    """Until when a lease taken or renewed now is held."""
    return timezone.now() + timedelta(seconds=SECONDS)


def this_process() -> str:
    """A name for this process: host, process id, and when it started, since ids are given again."""
    return f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"


def has_ended(holder: str) -> bool:
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
