"""The queryset of practice pages."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import F, Min
from wagtail.models import Page, PageManager

from indexing.querysets import FindablePageQuerySet

# The key of `source_fingerprints` with the outdated fields at the last publication of the page or its original:
# {field: fingerprint of the original}.
OUTDATED = "behind"


class PracticeQuerySet(FindablePageQuerySet):
    def originals(self) -> "PracticeQuerySet":
        """Return the pages in the original language of their practice."""
        return self.filter(original_language=F("locale__language_code"))

    def outdated(self) -> "PracticeQuerySet":
        """Return the translations that had outdated fields at the last publication of the original."""
        return self.filter(source_fingerprints__has_key=OUTDATED)

    def with_all(self) -> "PracticeQuerySet":
        """Prefetch all that `search_content` reads, in a constant number of queries."""
        return self.select_related("locale", "practice_type", "image", "adopted_from").prefetch_related(
            "countries", "themes__parent", "sdgs", "beneficiaries", "adopted_by", "tagged_items__tag"
        )

    def adopted_from(self, page: Page) -> "PracticeQuerySet":
        """Return the practices adopted from this page."""
        return self.filter(adopted_from=page)

    def keys(self) -> "PracticeQuerySet":
        """Return the keys, one for all languages of a practice."""
        return self.order_by("translation_key").values_list("translation_key", flat=True).distinct()

    def in_sections(self, sections: Iterable[Page]) -> "PracticeQuerySet":
        """Return the practices directly below these pages."""
        return self.filter(reduce(or_, map(self.child_of_q, sections)))

    def newest_keys(self) -> "PracticeQuerySet":
        """Return the keys by first publication in any language, newest first."""
        first = self.values("translation_key").annotate(first=Min("first_published_at"))
        return first.order_by("-first", "translation_key").values_list("translation_key", flat=True)


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
