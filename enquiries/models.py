"""What readers write to the people behind a record, about an error in it or to a country's section: the copy that the portal
keeps."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CONTACT = "contact", _("Question")
    REPORT = "report", _("Report of an error")
    ADOPTION = "adoption", _("Report of an adoption")


class MessageQuerySet(models.QuerySet["Message"]):
    def about_the_same(self, message: "Message") -> "MessageQuerySet":
        """Messages about the same record, or to the same section."""
        return self.filter(record_key=message.record_key, section_key=message.section_key)

    def delivered_since(self, moment: datetime) -> "MessageQuerySet":
        return self.filter(delivered__gte=moment)

    def before(self, moment: datetime) -> "MessageQuerySet":
        return self.filter(created__lt=moment)

    def undelivered(self) -> "MessageQuerySet":
        """Kept, but not handed to the mail server yet, in the order of their turns."""
        return self.filter(delivered=None).order_by("turn", "pk")

    def due(self, now: datetime) -> "MessageQuerySet":
        """Those of them that may be passed on now."""
        return self.undelivered().filter(models.Q(not_before=None) | models.Q(not_before__lte=now))

    def after(self, turn: int, pk: int) -> "MessageQuerySet":
        """Those whose turn comes after that of the message `pk`."""
        return self.filter(models.Q(turn__gt=turn) | models.Q(turn=turn, pk__gt=pk))


class Message(models.Model):
    """One message, kept for 12 months (privacy page) so that misuse and lost messages can be traced."""

    # The translation key of what it is about: of the one or of the other.
    record_key = models.UUIDField(_("record"), null=True, blank=True, db_index=True)
    section_key = models.UUIDField(_("section of a country"), null=True, blank=True, db_index=True)
    title = models.CharField(_("title of the page"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    sender_name = models.CharField(_("name"), max_length=120, blank=True)
    sender_email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("message"))
    language = models.CharField(_("language"), max_length=10)
    created = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    # Later than `created` where one client has sent many in a short time.
    not_before = models.DateTimeField(_("passed on not before"), null=True, blank=True)
    # Of its client's messages about the page in a day the how-manieth: first messages go first, whoever sends many.
    # Nothing else of the client is kept.
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
