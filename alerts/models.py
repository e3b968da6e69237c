"""Who is told what is new for which query, and what they have been told."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.outbox import Mail
from core.versions import current_version
from search.stored_queries import LONGEST_QUERY

# An address that nobody confirms is forgotten after this.
CONFIRMED_WITHIN = timedelta(days=7)


class Frequency(models.TextChoices):
    DAILY = "daily", pgettext_lazy("frequency", "Once a day")
    WEEKLY = "weekly", pgettext_lazy("frequency", "Once a week")


PERIODS = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(weeks=1)}


def new_token() -> str:
    return token_urlsafe(24)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def with_token(self, token: str) -> "Subscription | None":
        """None where it has been deleted, or was never confirmed in time."""
        return self.filter(token=token).exclude(pk__in=self.expired(timezone.now()).values("pk")).first()

    def of(self, email: str) -> "SubscriptionQuerySet":
        """All of one mailbox."""
        return self.filter(email=email)

    def due(self, now: datetime) -> "SubscriptionQuerySet":
        """Those whose next e-mail may go, the ones that wait longest first."""
        return self.filter(confirmed__isnull=False, due__lte=now).order_by("due", "pk")

    def expired(self, now: datetime) -> "SubscriptionQuerySet":
        return self.filter(confirmed=None, asked__lt=now - CONFIRMED_WITHIN)

    @transaction.atomic
    def forget(self) -> None:
        """Delete them and all that belongs to them, what waits in the outbox too. Locked first: the job may be writing a
        e-mail for one of them."""
        chosen = list(self.select_for_update().values_list("pk", flat=True))
        emails = AlertEmail.objects.filter(subscription__in=chosen)
        Mail.objects.waiting().filter(message_id__in=emails.values("message_id")).delete()
        self.model.objects.filter(pk__in=chosen).delete()


class Subscription(models.Model):
    """One mailbox's wish to hear what is new for one query. Deleting it deletes all that is known of it."""

    # A query string in its lasting form (Query.lasting); empty: all practices.
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    language = models.CharField(max_length=10)
    # In lower case, so that one mailbox is one.
    email = models.EmailField()
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    # Whoever has it may confirm, change and delete: it stands in e-mails to this mailbox only.
    token = models.CharField(max_length=40, unique=True, default=new_token)
    # When the last e-mail with a link was asked for.
    asked = models.DateTimeField(default=timezone.now)
    confirmed = models.DateTimeField(null=True)
    # The content version of the confirmation: what was public before is not new.
    since = models.BigIntegerField(default=0)
    # All changes up to this content version have been looked through. It only saves work: what was told says `SentItem`.
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

    def confirm(self, now: datetime) -> None:
        """From now on its mailbox is written to. Once confirmed it stays so: what is new is not counted anew."""
        version = current_version()
        Subscription.objects.filter(pk=self.pk, confirmed=None).update(
            confirmed=now, since=version, looked_to=version, due=now + PERIODS[Frequency(self.frequency)]
        )

    def change_frequency(self, frequency: Frequency, now: datetime) -> None:
        """The next e-mail may go a new period from now."""
        due = now + PERIODS[frequency] if self.confirmed else None
        Subscription.objects.filter(pk=self.pk).update(frequency=frequency, due=due)

    def forget(self) -> None:
        """Delete it and all that belongs to it."""
        Subscription.objects.filter(pk=self.pk).forget()

    def due_after(self, now: datetime) -> datetime:
        """The next time after `now` in whole periods, so that the hour of the day does not wander with the job's."""
        period, due = PERIODS[Frequency(self.frequency)], self.due or now
        return due + ((now - due) // period + 1) * period


class AlertEmailQuerySet(models.QuerySet["AlertEmail"]):
    def unsent(self) -> "AlertEmailQuerySet":
        """Those that are not in the outbox yet, in the order in which they were written."""
        return self.filter(sent=None).order_by("pk")


class AlertEmail(models.Model):
    """An e-mail, written before it is sent, so that it can be sent again under the same Message-ID."""

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

    def left_out(self) -> "SentItemQuerySet":
        """Of what was withdrawn before its e-mail went: still to be told."""
        return self.filter(alert_email=None)

    def leave_out(self, but: list[UUID]) -> None:
        """Take out of their e-mail all but these."""
        self.exclude(key__in=but).update(alert_email=None)


class SentItem(models.Model):
    """A practice that a subscriber is told of: once, whatever becomes of it. Without an e-mail it is still to be told."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="items")
    alert_email = models.ForeignKey(AlertEmail, models.CASCADE, related_name="items", null=True)
    key = models.UUIDField()

    objects = SentItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent item")
        constraints = [models.UniqueConstraint(fields=["subscription", "key"], name="told_once")]

    def __str__(self) -> str:
        return str(self.key)
