"""The paths at which records have been public. Wagtail's own redirects cover only pages that still exist, in the language
in which they exist."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from indexing.kinds import searchable_models


class FormerPathQuerySet(models.QuerySet["FormerPath"]):
    def remember(self, path: str, key: UUID) -> None:
        """Assign the path to a record, also if another record had it before."""
        self.update_or_create(path=path, defaults={"key": key})

    def of_record(self, key: UUID) -> "FormerPathQuerySet":
        return self.filter(key=key)

    def last_of(self, key: UUID) -> str:
        """Return the most recently recorded path of a record, even a deleted one; "" if there is none."""
        return self.of_record(key).order_by("-pk").values_list("path", flat=True).first() or ""


class FormerPath(models.Model):
    """A path at which a record was or is public, without the language: a page has the same path in all languages."""

    path = models.CharField(max_length=500, unique=True)
    key = models.UUIDField(db_index=True)

    objects = FormerPathQuerySet.as_manager()

    class Meta:
        verbose_name = _("former path")

    def __str__(self) -> str:
        return self.path


def remember_paths(page: Page) -> None:
    """Record the current paths of the public pages of any kind at and below `page`."""
    for model in searchable_models():
        for public_page in model.objects.readable().descendant_of(page, inclusive=True):
            if url := public_page.get_url():
                FormerPath.objects.remember(_without_language(url), public_page.translation_key)


def key_of_former_path(path: str) -> UUID | None:
    """Return the key of the record that last had this path, in any language, or None."""
    return FormerPath.objects.filter(path=_without_language(path)).values_list("key", flat=True).first()


def _without_language(path: str) -> str:
    """Return the part after /en/ or /ru/."""
    return path.split("/", 2)[-1]
