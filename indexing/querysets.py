"""What the index asks of the pages of a kind, by name."""

from typing import Self, cast
from uuid import UUID

from django.db.models import Min
from wagtail.models import PageQuerySet


class FindablePageQuerySet(PageQuerySet):
    """The queryset of page types that readers find; their managers are made from it."""

    def readable(self) -> Self:
        """Published, and not under any restriction: what every reader may see."""
        return cast(Self, self.live().public())

    def of_record(self, key: UUID) -> Self:
        """The pages of one record in all its languages."""
        return cast(Self, self.filter(translation_key=key))

    def in_language(self, language: str) -> Self:
        """The pages in this language, by its code."""
        return cast(Self, self.filter(locale__language_code=language))

    def originals(self) -> Self:
        """The pages in the language in which their record was first written: the oldest of each, unless a kind knows better."""
        oldest = self.model._default_manager.order_by().values("translation_key").annotate(oldest=Min("pk"))
        return cast(Self, self.filter(pk__in=oldest.values("oldest")))

    def with_all(self) -> Self:
        """With what a record takes from a page, in a constant number of queries."""
        return self
