"""The vectors of the optional encoder."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Embedding(models.Model):
    """The vector of a practice that is not in every language, from the optional encoder: little-endian float16."""

    key = models.UUIDField(unique=True)
    # SHA-256 of the encoded text, to notice that it has changed.
    fingerprint = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("embedding")

    def __str__(self) -> str:
        return str(self.key)
