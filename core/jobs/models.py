"""The tables of the jobs: what is to be done and how far it is, and when the timetable comes to each name next."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.leases import has_ended, this_process

# Failed so often, it is shown as failing; it is tried on all the same.
FAILURES_TO_SHOW = 3


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> "JobQuerySet":
        return self.filter(finished=None)

    def named(self, name: str, key: str) -> "JobQuerySet":
        return self.filter(name=name, key=key)

    def untouched(self) -> "JobQuerySet":
        """Those that nobody has begun."""
        return self.filter(started=None)

    def runnable(self, now: datetime) -> "JobQuerySet":
        """Those that may be worked on now, the ones that wait longest first."""
        return self.unfinished().filter(due__lte=now).order_by("due", "pk")

    def unheld(self, now: datetime) -> "JobQuerySet":
        """Those that no living process works on."""
        holders = self.unfinished().exclude(holder="").values_list("holder", flat=True).distinct()
        ended = [holder for holder in holders if has_ended(holder)]
        return self.filter(Q(holder__in=["", this_process(), *ended]) | Q(until__lte=now))

    def failing(self) -> "JobQuerySet":
        return self.unfinished().filter(failures__gte=FAILURES_TO_SHOW)

    def last_outcome(self, name: str) -> str:
        """What came out of the last one of a name that was finished; empty where there is none."""
        finished = self.filter(name=name).exclude(finished=None).order_by("-finished")
        return finished.values_list("outcome", flat=True).first() or ""

    def over(self, before: datetime) -> "JobQuerySet":
        return self.filter(finished__lt=before)


class Job(models.Model):
    """One piece of work and how far it is."""

    KEPT_FOR = timedelta(days=7)

    name = models.CharField(_("name"), max_length=100)
    # Its arguments in one text: of the same name and key only one waits.
    key = models.CharField(_("key"), max_length=200, blank=True)
    arguments = models.JSONField(_("arguments"), default=dict)
    # What the last step returned; None before the first.
    cursor = models.JSONField(null=True)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("total"), null=True)
    outcome = models.TextField(_("outcome"), blank=True)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    error = models.TextField(_("last error"), blank=True)
    created = models.DateTimeField(_("asked for"), default=timezone.now)
    due = models.DateTimeField(_("due"), default=timezone.now)
    started = models.DateTimeField(_("started"), null=True)
    finished = models.DateTimeField(_("finished"), null=True)
    # The process that works on it, and until when it may be taken for alive.
    holder = models.CharField(max_length=200, blank=True)
    until = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        app_label = "core"
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"], condition=Q(started=None, finished=None), name="job_waits_once"
            )
        ]
        indexes = [models.Index(fields=["due"], condition=Q(finished=None), name="job_by_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.key}".strip()


class ScheduledRun(models.Model):
    """When the timetable comes to a job next."""

    name = models.CharField(max_length=100, unique=True)
    due = models.DateTimeField()

    class Meta:
        app_label = "core"
        verbose_name = _("scheduled run")

    def __str__(self) -> str:
        return self.name
