"""An act on many practices that a person started from the desk; the worker carries it out (practices.jobs)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskAct(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Of practices.desk.acts.ACTS.
    code = models.CharField(max_length=30)
    # Of the term, the level of evidence or the tag; empty where the act has none.
    value = models.CharField(blank=True, max_length=100)
    created = models.DateTimeField(auto_now_add=True)
    # The keys of the practices, as texts, in the order in which they are taken.
    keys = models.JSONField(default=list)
    # For each key the drafts as they were confirmed (practices.desk.acts.drafts_of), where the act publishes them.
    confirmed = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    # [title, why] of those that were left as they are.
    left_out = models.JSONField(default=list)

    class Meta:
        verbose_name = _("act of the practices desk")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.code}: {len(self.keys)}"

    @property
    def is_finished(self) -> bool:
        return self.done >= len(self.keys)

    @property
    def changed(self) -> int:
        """The number of practices changed so far."""
        return self.done - len(self.left_out)
