"""The paths at which records have been public. Wagtail's own redirects know only pages that still exist, in the language in which
they do."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from indexing.kinds import searchable_models


class FormerPathQuerySet(models.QuerySet["FormerPath"]):
    def remember(self, path: str, key: UUID) -> None:
        """A record is read here from now on; whoever had the path before has lost it."""
        self.update_or_create(path=path, defaults={"key": key})

    def of_record(self, key: UUID) -> "FormerPathQuerySet":
        return self.filter(key=key)

    def last_of(self, key: UUID) -> str:
        """The path at which a record, perhaps deleted by now, was first public last; "" where it never was."""
        return self.of_record(key).order_by("-pk").values_list("path", flat=True).first() or ""


class FormerPath(models.Model):
    """A path at which a record was or is public, without its language: a page has the same in all of them."""

    path = models.CharField(max_length=500, unique=True)
    key = models.UUIDField(db_index=True)

    objects = FormerPathQuerySet.as_manager()

    class Meta:
        verbose_name = _("former path")

    def __str__(self) -> str:
        return self.path


def remember_paths(page: Page) -> None:
    """Note where the public pages of any kind at and below `page` are read now."""
    for model in searchable_models():
        for found in model.objects.readable().descendant_of(page, inclusive=True):
            if url := found.get_url():
                FormerPath.objects.remember(_without_language(url), found.translation_key)


def key_of_former_path(path: str) -> UUID | None:
    """Return the key of the record that was last read at a path, in whatever language."""
    return FormerPath.objects.filter(path=_without_language(path)).values_list("key", flat=True).first()


def _without_language(path: str) -> str:
    """What follows /en/ or /ru/."""
    return path.split("/", 2)[-1]
