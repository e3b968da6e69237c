"""The timetable: enqueues each scheduled job when it is due, once, however many workers run."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.jobs.models import ScheduledRun
from core.jobs.queue import enqueue
from core.jobs.registry import JobDefinition, job_definitions


def enqueue_due(now: datetime | None = None) -> int:
    """Enqueue the scheduled jobs that are due and return their number. Several missed runs are replaced by one."""
    now = now or timezone.now()
    scheduled = {name: entry for name, entry in job_definitions.items() if entry.is_scheduled}
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


def _enqueue_once(entry: JobDefinition, due: datetime, now: datetime) -> bool:
    with transaction.atomic():
        claimed = ScheduledRun.objects.filter(name=entry.name, due=due).update(due=_next(entry, now))
        if claimed:
            enqueue(entry.name)
        return bool(claimed)


def _first(entry: JobDefinition, now: datetime) -> datetime:
    return now if entry.every else _next(entry, now)


def _next(entry: JobDefinition, now: datetime) -> datetime:
    """Return the time of the next run after `now`."""
    if entry.every:
        return now + entry.every
    local = timezone.localtime(now)
    today = local.replace(hour=entry.daily_at or 0, minute=0, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)
