"""What readers write to the people behind a record, about an error in it or to a country's section: the copy that the portal
keeps."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    CONTACT = "contact", _("Question")
    REPORT = "report", _("Report of an error")
    ADOPTION = "adoption", _("Report of an adoption")


class MessageQuerySet(models.QuerySet["Message"]):
    def on_same_page(self, message: "Message") -> "MessageQuerySet":
        """Return the messages about the same record, or to the same section."""
        return self.filter(record_key=message.record_key, section_key=message.section_key)

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
    """One message, kept for 12 months (privacy page) so that misuse and lost messages can be traced."""

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
