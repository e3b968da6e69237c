"""Rows of counts: how often something happened on a day, and what was searched for."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from usage.facts import LONGEST_COUNTRIES, LONGEST_TEXT, Event

# The privacy page promises both.
DAYS_UNTIL_SHOWN = 3
RETENTION = timedelta(days=90)


def local_today() -> date:
    """Return the day by which counts are kept: that of the portal, also for a user who has chosen another time zone."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class DailyCountQuerySet(models.QuerySet["DailyCount"]):
    def between(self, first: date, last: date) -> "DailyCountQuerySet":
        return self.filter(day__gte=first, day__lte=last).exclude(event=Event.NEW_TEXT)

    def by_people(self) -> "DailyCountQuerySet":
        return self.filter(is_bot=False)

    def sums(self, *fields: str) -> list[tuple[Any, ...]]:
        """Return (value of each field, sum) for each combination of values, the largest sum first."""
        summed = self.values_list(*fields).annotate(sum=Sum("number"))
        return list(summed.filter(sum__gt=0).order_by("-sum", *fields))


class DailyCount(models.Model):
    """How often one thing happened on one day. A practice of several countries counts once, under all of them."""

    day = models.DateField()
    event = models.CharField(max_length=20, choices=Event)
    language = models.CharField(max_length=10, blank=True)
    countries = models.CharField(max_length=LONGEST_COUNTRIES, blank=True)
    record = models.CharField(max_length=36, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    is_bot = models.BooleanField(default=False)
    number = models.BigIntegerField(default=0)

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "event", "language", "countries", "record", "detail", "is_bot"],
                name="usage_count_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.event}: {self.number}"


class ShownText(NamedTuple):
    """A text that may be shown: on how many days it was searched for, how often, and how often without a result."""

    language: str
    text: str
    days: int
    asked: int
    in_vain: int


class SearchedTextQuerySet(models.QuerySet["SearchedText"]):
    def in_language(self, language: str) -> "SearchedTextQuerySet":
        """Return the texts of searches in `language`, "" for all."""
        return self.filter(language=language) if language else self

    def before(self, day: date) -> "SearchedTextQuerySet":
        return self.filter(day__lt=day)

    def shown(self, *, vain: bool | None = None, limit: int | None = None) -> list[ShownText]:
        """Return the texts that may be shown, those of most days first; if `vain` only those once without a result, if it is
        False those once with one. Those older than RETENTION are left out, also while the job that erases them is late.

        A text that only a few people search for may be about a person; one of three days is hardly anybody's secret.
        """
        kept = self.filter(day__gte=local_today() - RETENTION)
        texts = kept.values("language", "text").annotate(
            days=Count("day", distinct=True), asked=Sum("number"), vain=Sum("in_vain")
        )
        texts = texts.filter(days__gte=DAYS_UNTIL_SHOWN).order_by("-days", "-asked", "text")
        if vain is not None:
            texts = texts.filter(Q(vain__gt=0) if vain else Q(vain__lt=F("asked")))
        return [
            ShownText(*row) for row in texts.values_list("language", "text", "days", "asked", "vain")[:limit]
        ]

    def popular(self, language: str, limit: int) -> list[str]:
        """Return texts that were found on earlier days, those of most days first: the list is the same all day."""
        hidden = HiddenText.objects.filter(language=language).values("text")
        texts = self.in_language(language).before(local_today()).exclude(text__in=hidden)
        return [row.text for row in texts.shown(vain=False, limit=limit)]


class SearchedText(models.Model):
    """What was searched for on one day, by how many searches, and how many of them found nothing."""

    day = models.DateField(db_index=True)
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=LONGEST_TEXT, db_index=True)
    number = models.BigIntegerField(default=0)
    in_vain = models.BigIntegerField(default=0)

    objects = SearchedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")
        constraints = [
            models.UniqueConstraint(fields=["day", "language", "text"], name="usage_text_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text}: {self.number}"


class HiddenText(models.Model):
    """A search text that the secretariat keeps off the front page, for good or until it is shown again."""

    language = models.CharField(max_length=10)
    text = models.CharField(max_length=LONGEST_TEXT)

    class Meta:
        verbose_name = _("hidden search text")
        verbose_name_plural = _("hidden search texts")
        ordering = ["language", "text"]
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="usage_hidden_text_once")]

    def __str__(self) -> str:
        return self.text
