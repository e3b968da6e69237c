"""Queries asked of practice pages, by name."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import F, Min
from wagtail.models import Page, PageManager

from indexing.querysets import FindablePageQuerySet

# The entry of `source_fingerprints` with what a translation was behind in when a version of its original, or its own, last
# went live: {part: fingerprint of the original}.
BEHIND = "behind"


class PracticeQuerySet(FindablePageQuerySet):
    def originals(self) -> "PracticeQuerySet":
        """The pages in the language in which their practice was first written."""
        return self.filter(original_language=F("locale__language_code"))

    def behind(self) -> "PracticeQuerySet":
        """The translations that were behind when a version of their original last went live."""
        return self.filter(source_fingerprints__has_key=BEHIND)

    def with_all(self) -> "PracticeQuerySet":
        """With what its record needs, in a constant number of queries."""
        return self.select_related("locale", "practice_type", "image", "adopted_from").prefetch_related(
            "countries", "themes__parent", "sdgs", "beneficiaries", "adopted_by", "tagged_items__tag"
        )

    def adopted_from(self, page: Page) -> "PracticeQuerySet":
        """Those that name this page as their origin."""
        return self.filter(adopted_from=page)

    def keys(self) -> "PracticeQuerySet":
        """Their keys, one for all languages of a practice."""
        return self.order_by("translation_key").values_list("translation_key", flat=True).distinct()

    def in_sections(self, sections: Iterable[Page]) -> "PracticeQuerySet":
        """The practices directly below these pages."""
        return self.filter(reduce(or_, map(self.child_of_q, sections)))

    def newest_keys(self) -> "PracticeQuerySet":
        """Their keys by first publication in any language, newest first."""
        first = self.values("translation_key").annotate(first=Min("first_published_at"))
        return first.order_by("-first", "translation_key").values_list("translation_key", flat=True)


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
