"""The queryset that the index expects of the page types of a kind."""

from typing import Self, cast
from uuid import UUID

from django.db.models import Min
from wagtail.models import PageQuerySet


class FindablePageQuerySet(PageQuerySet):
    """The base queryset for the managers of searchable page types."""

    def readable(self) -> Self:
        """Return published pages without access restrictions."""
        return cast(Self, self.live().public())

    def of_record(self, key: UUID) -> Self:
        """Return the pages of one record in all its languages."""
        return cast(Self, self.filter(translation_key=key))

    def in_language(self, language: str) -> Self:
        """Return the pages in the language with this code."""
        return cast(Self, self.filter(locale__language_code=language))

    def originals(self) -> Self:
        """Return the original page of each record: the oldest one, unless a kind overrides this."""
        oldest = self.model._default_manager.order_by().values("translation_key").annotate(oldest=Min("pk"))
        return cast(Self, self.filter(pk__in=oldest.values("oldest")))

    def with_all(self) -> Self:
        """Prefetch all that `search_content` reads, in a constant number of queries."""
        return self
