"""What readers write to the people behind a record, about an error in it or to a country's section, and what they are answered:
the copies that the portal keeps."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A message that is open for longer is late.
LATE_AFTER = timedelta(days=7)


class MessageKind(models.TextChoices):
    CONTACT = "contact", _("Question")
    REPORT = "report", _("Report of an error")
    ADOPTION = "adoption", _("Report of an adoption")


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("message", "Open")
    ANSWERED = "answered", pgettext_lazy("message", "Answered")
    CLOSED = "closed", pgettext_lazy("message", "Closed")


class MessageQuerySet(models.QuerySet["Message"]):
    def on_same_page(self, message: "Message") -> "MessageQuerySet":
        """Return the messages about the same record, or to the same section."""
        return self.filter(record_key=message.record_key, section_key=message.section_key)

    def of_reader(self, email: str) -> "MessageQuerySet":
        """Return the messages of the reader with this e-mail address, none without one."""
        return self.filter(sender_email__iexact=email) if email else self.none()

    def open(self) -> "MessageQuerySet":
        return self.filter(status=Status.OPEN)

    def late(self, now: datetime) -> "MessageQuerySet":
        """Return the messages that have been open for longer than LATE_AFTER, the longest waiting first."""
        return self.open().filter(open_since__lt=now - LATE_AFTER).order_by("open_since", "pk")

    def delivered_since(self, moment: datetime) -> "MessageQuerySet":
        return self.filter(delivered__gte=moment)

    def before(self, moment: datetime) -> "MessageQuerySet":
        return self.filter(created__lt=moment)

    def undelivered(self) -> "MessageQuerySet":
        """Return the messages that are not delivered yet, in queue order."""
        return self.filter(delivered=None).order_by("turn", "pk")

    def due(self, now: datetime) -> "MessageQuerySet":
        """Return undelivered messages whose `not_before` has passed."""
        return self.undelivered().filter(models.Q(not_before=None) | models.Q(not_before__lte=now))

    def after(self, turn: int, pk: int) -> "MessageQuerySet":
        """Return the messages after (`turn`, `pk`) in queue order."""
        return self.filter(models.Q(turn__gt=turn) | models.Q(turn=turn, pk__gt=pk))


class Message(models.Model):
    """One message, kept for 12 months with its answers (privacy page) so that misuse and lost messages can be traced."""

    # Exactly one of the two is set: the translation key of a record, or of a country section.
    record_key = models.UUIDField(_("record"), null=True, blank=True, db_index=True)
    section_key = models.UUIDField(_("section of a country"), null=True, blank=True, db_index=True)
    title = models.CharField(_("title of the page"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind)
    sender_name = models.CharField(_("name"), max_length=120, blank=True)
    sender_email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("message"))
    language = models.CharField(_("language"), max_length=10)
    created = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    # Later than `created` if one client has sent many messages in a short time.
    not_before = models.DateTimeField(_("passed on not before"), null=True, blank=True)
    # How many messages this client had sent about this page that day, this one included. Lower numbers are delivered first,
    # so that nobody gains by sending many. Nothing else about the client is stored.
    turn = models.PositiveSmallIntegerField(default=1, editable=False)
    delivered = models.DateTimeField(_("passed on"), null=True, blank=True)
    delivered_to = models.JSONField(_("passed on to"), default=list, blank=True)
    # The ISO code of the country whose focal points the message was passed on to, "" where it went to others.
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    status = models.CharField(
        pgettext_lazy("message", "status"),
        max_length=10,
        choices=Status,
        default=Status.OPEN,
        db_index=True,
    )
    # Later than `created` if the message was reopened.
    open_since = models.DateTimeField(_("open since"), default=timezone.now)
    changed = models.DateTimeField(_("status changed"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("status changed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Counts the changes of the status and the answers, so that of two people who act at once the second learns of the first.
    version = models.PositiveIntegerField(default=0, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a reader")
        verbose_name_plural = _("messages of readers")
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="message_about_one",
                condition=models.Q(record_key=None, section_key__isnull=False)
                | models.Q(record_key__isnull=False, section_key=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def is_late(self) -> bool:
        return self.status == Status.OPEN and self.open_since < timezone.now() - LATE_AFTER


class Answer(models.Model):
    """What a reader was answered from the admin; erased together with the message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("answer"))
    created = models.DateTimeField(default=timezone.now)
    # Of its e-mail in the outbox.
    mail_id = models.CharField("Message-ID", max_length=255, db_index=True)
    given_up = models.DateTimeField(_("given up"), null=True)

    class Meta:
        verbose_name = _("answer to a reader")
        verbose_name_plural = _("answers to readers")
        ordering = ["created", "pk"]

    def __str__(self) -> str:
        return self.mail_id


class Reminder(models.Model):
    """When those who have late messages were last reminded of them."""

    # A user's id, the country of its focal points, or "" for the secretariat.
    holder = models.CharField(max_length=20, unique=True)
    sent = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder of late messages")
        verbose_name_plural = _("reminders of late messages")

    def __str__(self) -> str:
        return self.holder
