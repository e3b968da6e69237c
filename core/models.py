"""What all pages share."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ContentVersion(models.Model):
    """One row that counts public changes; see core.versions."""

    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("content version")


class BasePage(Page):
    """Every page type of the portal.

    A page type says whether readers find it by search: it names its kind, or excludes itself
    (core.checks refuses one that does neither). Publishing and unpublishing are atomic, so that what
    hangs on the signal (the record, the version) is saved with the page or not at all: Wagtail
    itself saves first and signals afterwards, outside any transaction.
    """

    search_kind: ClassVar[str] = ""
    search_excluded: ClassVar[bool] = False

    class Meta:
        abstract = True

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)

    def move(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().move(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().delete(*args, **kwargs)
