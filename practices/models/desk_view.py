"""A view of the practices desk that a person saved: filters and order under a name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskView(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    # As in the address of the desk, with codes as values.
    query = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("view of the practices desk")
        default_permissions = ()
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_desk_view_by_name")]

    def __str__(self) -> str:
        return self.name
