"""Uses of terms in the stored queries of collections, published or in drafts."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from curation.models import CollectionPage
from practices.uses import pages_holding
from search.stored_queries import pattern_of
from taxonomy.models import Term
from taxonomy.uses import UsesOfKind


def term_uses(term: Term) -> Iterator[UsesOfKind]:
    pattern = pattern_of(term)
    kind = pgettext_lazy("practices", "Collections")
    yield pages_holding(kind, CollectionPage, Q(question__regex=pattern), {"question": pattern})
