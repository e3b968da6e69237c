"""What readers write to the people behind a practice, or about an error in it: the copy that the portal keeps."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CONTACT = "contact", _("Question")
    REPORT = "report", _("Report of an error")
    ADOPTION = "adoption", _("Report of an adoption")


class MessageQuerySet(models.QuerySet["Message"]):
    def about(self, key: UUID) -> "MessageQuerySet":
        return self.filter(practice_key=key)

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

    practice_key = models.UUIDField(_("practice"), db_index=True)
    practice_title = models.CharField(_("title of the practice"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    sender_name = models.CharField(_("name"), max_length=120, blank=True)
    sender_email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("message"))
    language = models.CharField(_("language"), max_length=10)
    created = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    # Later than `created` where one client has sent many in a short time.
    not_before = models.DateTimeField(_("passed on not before"), null=True, blank=True)
    # Of its client's messages about the practice in a day the how-manieth: first messages go first, whoever sends many.
    # Nothing else of the client is kept.
    turn = models.PositiveSmallIntegerField(default=1, editable=False)
    delivered = models.DateTimeField(_("passed on"), null=True, blank=True)
    delivered_to = models.JSONField(_("passed on to"), default=list, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a reader")
        verbose_name_plural = _("messages of readers")
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.practice_title}"
