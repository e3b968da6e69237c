"""Alerts: subscriptions of mailboxes to queries, their e-mails and the practices announced in them."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.mailbox import readable_address
from core.outbox import Mail
from core.versions import current_version
from search.stored_queries import LONGEST_QUERY

# An alert that is not confirmed is deleted after this time.
CONFIRMED_WITHIN = timedelta(days=7)


class Frequency(models.TextChoices):
    DAILY = "daily", pgettext_lazy("frequency", "Once a day")
    WEEKLY = "weekly", pgettext_lazy("frequency", "Once a week")


PERIODS = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(weeks=1)}


def new_token() -> str:
    return token_urlsafe(24)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def with_token(self, token: str) -> "Subscription | None":
        """Return the alert with this token, None if it was deleted or not confirmed in time."""
        return self.filter(token=token).exclude(pk__in=self.expired(timezone.now()).values("pk")).first()

    def of(self, email: str) -> "SubscriptionQuerySet":
        """Return the alerts of one mailbox."""
        return self.filter(email=email)

    def due(self, now: datetime) -> "SubscriptionQuerySet":
        """Return the confirmed alerts whose next e-mail is due, the longest waiting first."""
        return self.filter(confirmed__isnull=False, due__lte=now).order_by("due", "pk")

    def expired(self, now: datetime) -> "SubscriptionQuerySet":
        return self.filter(confirmed=None, asked__lt=now - CONFIRMED_WITHIN)

    @transaction.atomic
    def forget(self) -> None:
        """Delete the alerts with their items and e-mails, including waiting mail in the outbox.

        The rows are locked first, since the job may be writing an e-mail for one of them.
        """
        chosen = list(self.select_for_update().values_list("pk", flat=True))
        emails = AlertEmail.objects.filter(subscription__in=chosen)
        Mail.objects.waiting().filter(message_id__in=emails.values("message_id")).delete()
        self.model.objects.filter(pk__in=chosen).delete()


class Subscription(models.Model):
    """An alert: one mailbox, one query. Deleting it deletes all its data."""

    # A query string in its lasting form (Query.lasting); empty: all practices.
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    language = models.CharField(max_length=10)
    # As core.mailbox.canonical_address writes it, so that spellings of one mailbox are equal.
    email = models.EmailField()
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    # Its holder may confirm, change and delete the alert; only e-mails to this mailbox contain it.
    token = models.CharField(max_length=40, unique=True, default=new_token)
    # When the last confirmation e-mail was requested.
    asked = models.DateTimeField(default=timezone.now)
    confirmed = models.DateTimeField(null=True)
    # The content version of the confirmation: what was public before is not new.
    since = models.BigIntegerField(default=0)
    # The content version up to which changes have been checked. It only saves work; `SentItem` records what was announced.
    looked_to = models.BigIntegerField(default=0)
    # When the next e-mail may go.
    due = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        constraints = [
            models.UniqueConstraint(fields=["email", "query", "language"], name="alert_once_a_mailbox")
        ]
        indexes = [models.Index(fields=["due"], name="alert_by_due")]

    def __str__(self) -> str:
        return f"{self.query or '*'} {self.frequency}"

    @property
    def readable_email(self) -> str:
        return readable_address(self.email)

    def confirm(self, now: datetime) -> bool:
        """Confirm the alert and start at the current content version; return False if it is confirmed already."""
        version = current_version()
        confirmed = Subscription.objects.filter(pk=self.pk, confirmed=None).update(
            confirmed=now, since=version, looked_to=version, due=now + PERIODS[Frequency(self.frequency)]
        )
        return bool(confirmed)

    def change_frequency(self, frequency: Frequency, now: datetime) -> None:
        """Change the frequency; the next e-mail is due one new period from now."""
        due = now + PERIODS[frequency] if self.confirmed else None
        Subscription.objects.filter(pk=self.pk).update(frequency=frequency, due=due)

    def forget(self) -> None:
        """Delete the alert and all its data."""
        Subscription.objects.filter(pk=self.pk).forget()

    def due_after(self, now: datetime) -> datetime:
        """Return the next due time after `now`, a whole number of periods after the last, so that the time of day stays."""
        period, due = PERIODS[Frequency(self.frequency)], self.due or now
        return due + ((now - due) // period + 1) * period


class AlertEmailQuerySet(models.QuerySet["AlertEmail"]):
    def unsent(self) -> "AlertEmailQuerySet":
        """Return the e-mails that are not in the outbox yet, oldest first."""
        return self.filter(sent=None).order_by("pk")


class AlertEmail(models.Model):
    """An alert e-mail, stored before it is sent so that a repetition has the same Message-ID."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="emails")
    message_id = models.CharField(max_length=255, unique=True)
    created = models.DateTimeField(default=timezone.now)
    # When it went into the outbox.
    sent = models.DateTimeField(null=True)

    objects = AlertEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert e-mail")

    def __str__(self) -> str:
        return self.message_id


class SentItemQuerySet(models.QuerySet["SentItem"]):
    def keys(self) -> list[UUID]:
        return list(self.order_by("pk").values_list("key", flat=True))

    def in_emails(self) -> "SentItemQuerySet":
        return self.exclude(alert_email=None)

    def withheld(self) -> "SentItemQuerySet":
        """Return the items withheld because they were not public when their e-mail was sent; still to be announced."""
        return self.filter(alert_email=None)

    def withhold_except(self, keys: list[UUID]) -> None:
        """Withhold all items except those with these keys."""
        self.exclude(key__in=keys).update(alert_email=None)


class SentItem(models.Model):
    """A practice announced, or to be announced, to a subscriber. `alert_email` is null until it is part of an e-mail."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="items")
    alert_email = models.ForeignKey(AlertEmail, models.CASCADE, related_name="items", null=True)
    key = models.UUIDField()

    objects = SentItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent item")
        constraints = [models.UniqueConstraint(fields=["subscription", "key"], name="told_once")]

    def __str__(self) -> str:
        return str(self.key)
