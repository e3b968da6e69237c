"""The models of the job queue: jobs with their progress, and the next run of each scheduled job."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.leases import current_process_name, has_ended

# A job that failed this often is shown as failing; it is still retried.
FAILURES_TO_SHOW = 3


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> "JobQuerySet":
        return self.filter(finished=None)

    def named(self, name: str, key: str) -> "JobQuerySet":
        return self.filter(name=name, key=key)

    def not_started(self) -> "JobQuerySet":
        """Return the jobs that have not been started."""
        return self.filter(started=None)

    def runnable(self, now: datetime) -> "JobQuerySet":
        """Return the unfinished jobs that are due, the longest waiting first."""
        return self.unfinished().filter(due__lte=now).order_by("due", "pk")

    def unclaimed(self, now: datetime) -> "JobQuerySet":
        """Return the jobs that no running process has claimed."""
        holders = self.unfinished().exclude(holder="").values_list("holder", flat=True).distinct()
        ended = [holder for holder in holders if has_ended(holder)]
        return self.filter(Q(holder__in=["", current_process_name(), *ended]) | Q(until__lte=now))

    def failing(self) -> "JobQuerySet":
        return self.unfinished().filter(failures__gte=FAILURES_TO_SHOW)

    def last_outcome(self, name: str) -> str:
        """Return the outcome of the last finished job called `name`, '' if there is none."""
        finished = self.filter(name=name).exclude(finished=None).order_by("-finished")
        return finished.values_list("outcome", flat=True).first() or ""

    def finished_before(self, moment: datetime) -> "JobQuerySet":
        return self.filter(finished__lt=moment)


class Job(models.Model):
    """A job in the queue, with its progress."""

    RETENTION = timedelta(days=7)

    name = models.CharField(_("name"), max_length=100)
    # The arguments as one text: only one job with the same name and key waits at a time.
    key = models.CharField(_("key"), max_length=200, blank=True)
    arguments = models.JSONField(_("arguments"), default=dict)
    # The cursor that the last step returned; None before the first.
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
    # The process that works on it, and until when it is assumed to be alive.
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
    """The next run of a scheduled job."""

    name = models.CharField(max_length=100, unique=True)
    due = models.DateTimeField()

    class Meta:
        app_label = "core"
        verbose_name = _("scheduled run")

    def __str__(self) -> str:
        return self.name
