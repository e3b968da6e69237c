"""Questions asked of practice pages, by name."""

from uuid import UUID

from wagtail.models import PageManager, PageQuerySet


class PracticeQuerySet(PageQuerySet):
    def readable(self) -> "PracticeQuerySet":
        """Published, and not under any restriction: what every reader may see."""
        return self.live().public()

    def of_practice(self, key: UUID) -> "PracticeQuerySet":
        """The pages of one practice in all its languages."""
        return self.filter(translation_key=key)

    def with_all(self) -> "PracticeQuerySet":
        """With what its record needs, in a constant number of queries."""
        return self.select_related("locale", "practice_type", "image").prefetch_related(
            "countries", "themes__parent", "sdgs", "beneficiaries", "tagged_items__tag"
        )


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
