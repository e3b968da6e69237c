"""What the index asks of the pages of a kind, by name."""

from typing import Self, cast
from uuid import UUID

from wagtail.models import PageQuerySet


class FindablePageQuerySet(PageQuerySet):
    """The queryset of page types that readers find; their managers are made from it."""

    def readable(self) -> Self:
        """Published, and not under any restriction: what every reader may see."""
        return cast(Self, self.live().public())

    def of_record(self, key: UUID) -> Self:
        """The pages of one record in all its languages."""
        return cast(Self, self.filter(translation_key=key))

    def with_all(self) -> Self:
        """With what a record takes from a page, in a constant number of queries."""
        return self
