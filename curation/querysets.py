"""Queries asked of collections and of what is picked in them, by name."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from wagtail.models import PageManager, PageQuerySet

from practices.models import PracticePage


class CollectionQuerySet(PageQuerySet):
    def readable(self) -> "CollectionQuerySet":
        """Published, and not under any restriction: what every reader may see."""
        return self.live().public()

    def featured(self) -> "CollectionQuerySet":
        """Those for the front page, in the order that the secretariat gave them."""
        return self.filter(featured=True).order_by("featured_order", "-first_published_at", "pk")

    def readable_for(self, language: str) -> "CollectionQuerySet":
        """Those that a reader of `language` may see: in that language or, where there is no such page, in another."""
        here = models.Q(locale__language_code=language)
        translated = self.model.objects.live().filter(here).values("translation_key")
        return self.readable().filter(here | ~models.Q(translation_key__in=translated))

    def featured_for(self, language: str) -> "CollectionQuerySet":
        """Return the featured ones that a reader of `language` may see."""
        return self.readable_for(language).featured()

    def named(self, name: str) -> "CollectionQuerySet":
        """By the last part of the address, or by the key that all its languages share."""
        try:
            return self.filter(translation_key=UUID(name))
        except ValueError:
            return self.filter(slug=name)

    def in_order(self) -> "CollectionQuerySet":
        """Featured ones first and as there, then the newest."""
        return self.order_by("-featured", "featured_order", "-first_published_at", "pk")

    def with_items(self) -> "CollectionQuerySet":
        return self.select_related("locale").prefetch_related("items")


class ItemQuerySet(models.QuerySet[Any]):
    def not_public(self) -> "ItemQuerySet":
        """Picked practices that no reader can see any more, in any language."""
        return self.exclude(practice_key__in=PracticePage.objects.readable().values("translation_key"))

    def title_of(self, key: UUID | None) -> str:
        """What a practice was called that may be gone; empty where nobody has noted it."""
        noted = self.filter(practice_key=key).exclude(practice_title="")
        return noted.values_list("practice_title", flat=True).first() or ""

    def in_collections(self, pages: PageQuerySet) -> "ItemQuerySet":
        """Those of published collections among `pages`, with what a list of them shows."""
        items = self.filter(page__live=True, page__in=pages.values("pk"))
        return items.select_related("page__locale", "practice").order_by("page__title", "page", "sort_order")


def public_keys(keys: Iterable[UUID]) -> set[UUID]:
    """Which of these practices are public in one language at least."""
    readable = PracticePage.objects.readable().filter(translation_key__in=list(keys))
    return set(readable.values_list("translation_key", flat=True))


CollectionManager = PageManager.from_queryset(CollectionQuerySet)
