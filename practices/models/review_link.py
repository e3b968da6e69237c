"""A secret address at which somebody without an account reads a draft."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

VALID_FOR = timedelta(days=30)


def a_token() -> str:
    return secrets.token_urlsafe(32)


def in_thirty_days() -> datetime:
    return timezone.now() + VALID_FOR


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    def valid(self) -> "ReviewLinkQuerySet":
        """Return the links that have not expired."""
        return self.filter(expires__gt=timezone.now())

    def of_page(self, page_id: int) -> "ReviewLinkQuerySet":
        """Return the links of the page with this id."""
        return self.filter(page_id=page_id)


class ReviewLink(models.Model):
    """Opens the latest draft of one page until it expires. Withdrawn, or once the review is over, it is deleted."""

    page = models.ForeignKey("practices.PracticePage", on_delete=models.CASCADE, related_name="review_links")
    token = models.CharField(max_length=64, unique=True, default=a_token, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(default=in_thirty_days)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("review link")
        verbose_name_plural = _("review links")
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.expires:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """In the language of the page."""
        with override(self.page.locale.language_code):
            return reverse("practices:review", args=(self.token,))
