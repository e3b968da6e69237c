"""The user, custom from the first migration, and the steps of a review (accounts.review)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.review import ExpertReview, SecretariatReview

__all__ = ["ExpertReview", "SecretariatReview", "User"]


class User(AbstractUser):
    """A person who signs in. What they may do comes from their groups (accounts.roles)."""

    email = models.EmailField(_("email address"), unique=True)
    country = models.ForeignKey(
        "taxonomy.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_demo = models.BooleanField(
        _("demo account"),
        default=False,
        help_text=_("Can sign in only where the demo runs, never in production."),
    )
