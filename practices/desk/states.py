"""What the desk says of a practice: how far it is, how far each language is, and whether it was checked lately."""

from calendar import monthrange
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How far a practice is. A review of any of its languages counts; otherwise the original decides."""

    DRAFT = "draft", pgettext_lazy("desk", "Draft")
    IN_REVIEW = "in-review", pgettext_lazy("desk", "In review")
    SENT_BACK = "sent-back", pgettext_lazy("desk", "Sent back")
    PUBLISHED = "published", pgettext_lazy("desk", "Published")
    CHANGED = "changed", pgettext_lazy("desk", "Published, with changes")
    WITHDRAWN = "withdrawn", pgettext_lazy("desk", "Unpublished")


# Somebody has to do something about these.
WAITING = (State.IN_REVIEW, State.SENT_BACK)
PUBLIC = (State.PUBLISHED, State.CHANGED)


class LanguageState(models.TextChoices):
    WHOLE = "whole", pgettext_lazy("desk", "Up to date")
    BEHIND = "behind", pgettext_lazy("desk", "Behind the original")
    DRAFT = "draft", pgettext_lazy("desk", "Not published")
    MISSING = "missing", pgettext_lazy("desk", "Missing")


class Care(models.TextChoices):
    """Whether a practice was checked less than 22 months ago, will have to be within 2 months, or had to be."""

    VERIFIED = "verified", _("Verified")
    DUE = "due", _("Due soon")
    OVERDUE = "overdue", _("Overdue")


MONTHS_UNTIL_DUE = 22
MONTHS_UNTIL_OVERDUE = 24


def due_since() -> date:
    """Return the day since which a practice must have been verified not to be due."""
    return months_before(timezone.localdate(), MONTHS_UNTIL_DUE)


def overdue_since() -> date:
    """Return the day since which a practice must have been verified not to be overdue."""
    return months_before(timezone.localdate(), MONTHS_UNTIL_OVERDUE)


def care_of(verified: date | None) -> Care:
    if verified is None or verified < overdue_since():
        return Care.OVERDUE
    return Care.DUE if verified < due_since() else Care.VERIFIED


def months_before(day: date, months: int) -> date:
    """Return the same day that many months earlier, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
