"""Querysets of collections and of their picked practices."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import PageManager, PageQuerySet

from practices.models import PracticePage


class CollectionQuerySet(PageQuerySet):
    def readable(self) -> "CollectionQuerySet":
        """Return published collections without a view restriction."""
        return self.live().public()

    def featured(self) -> "CollectionQuerySet":
        """Return the collections for the front page, in the secretariat's order."""
        return self.filter(featured=True).order_by("featured_order", "-first_published_at", "pk")

    def readable_for(self, language: str) -> "CollectionQuerySet":
        """Return the public collections in `language`, and in another one if they have no page in `language`."""
        here = models.Q(locale__language_code=language)
        translated = self.model.objects.live().filter(here).values("translation_key")
        return self.readable().filter(here | ~models.Q(translation_key__in=translated))

    def featured_for(self, language: str) -> "CollectionQuerySet":
        """Return the featured collections for a reader of `language`."""
        return self.readable_for(language).featured()

    def named(self, name: str) -> "CollectionQuerySet":
        """Return the collections with this slug or translation key."""
        try:
            return self.filter(translation_key=UUID(name))
        except ValueError:
            return self.filter(slug=name)

    def in_order(self) -> "CollectionQuerySet":
        """Return the featured collections first, in their order, then the newest."""
        return self.order_by("-featured", "featured_order", "-first_published_at", "pk")

    def with_items(self) -> "CollectionQuerySet":
        return self.select_related("locale").prefetch_related("items")


class ItemQuerySet(models.QuerySet[Any]):
    def not_public(self) -> "ItemQuerySet":
        """Return the items whose practice is no longer public in any language."""
        return self.exclude(practice_key__in=PracticePage.objects.readable().values("translation_key"))

    def title_of(self, key: UUID | None) -> str:
        """Return the stored title of a practice, '' if there is none."""
        titled = self.filter(practice_key=key).exclude(practice_title="")
        return titled.values_list("practice_title", flat=True).first() or ""

    def in_collections(self, pages: PageQuerySet) -> "ItemQuerySet":
        """Return the items of the published collections in `pages`, with related rows, ordered for a list."""
        items = self.filter(page__live=True, page__in=pages.values("pk"))
        return items.select_related("page__locale", "practice").order_by("page__title", "page", "sort_order")


def public_keys(keys: Iterable[UUID]) -> set[UUID]:
    """Return the keys of the practices that are public in at least one language."""
    readable = PracticePage.objects.readable().filter(translation_key__in=list(keys))
    return set(readable.values_list("translation_key", flat=True))


CollectionManager = PageManager.from_queryset(CollectionQuerySet)
