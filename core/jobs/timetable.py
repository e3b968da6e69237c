"""The timetable: asks for each scheduled job when its time has come, once, however many workers look at it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.jobs.models import ScheduledRun
from core.jobs.queue import enqueue
from core.jobs.registry import Registered, registered


def enqueue_due(now: datetime | None = None) -> int:
    """Ask for what is due; returns how many jobs that were. Runs that were missed while no worker ran are made up by one."""
    now = now or timezone.now()
    scheduled = {name: entry for name, entry in registered.items() if entry.is_scheduled}
    due = dict(ScheduledRun.objects.filter(name__in=scheduled).values_list("name", "due"))
    enqueued = 0
    for name, entry in scheduled.items():
        if name not in due:
            ScheduledRun.objects.bulk_create(
                [ScheduledRun(name=name, due=_first(entry, now))], ignore_conflicts=True
            )
        elif due[name] <= now and entry.when():
            enqueued += _enqueue_once(entry, due[name], now)
    return enqueued


def _enqueue_once(entry: Registered, due: datetime, now: datetime) -> bool:
    with transaction.atomic():
        claimed = ScheduledRun.objects.filter(name=entry.name, due=due).update(due=_next(entry, now))
        if claimed:
            enqueue(entry.name)
        return bool(claimed)


def _first(entry: Registered, now: datetime) -> datetime:
    return now if entry.every else _next(entry, now)


def _next(entry: Registered, now: datetime) -> datetime:
    """The next time after `now`."""
    if entry.every:
        return now + entry.every
    local = timezone.localtime(now)
    today = local.replace(hour=entry.daily_at or 0, minute=0, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)
