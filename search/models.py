"""The vectors of the optional encoder."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Embedding(models.Model):
    """Where the optional encoder puts a practice that is not in every language: half-precision floats, little-endian."""

    key = models.UUIDField(unique=True)
    # Of the text that was encoded: another text needs another vector.
    fingerprint = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("embedding")

    def __str__(self) -> str:
        return str(self.key)
