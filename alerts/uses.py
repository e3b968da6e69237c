"""Uses of terms by alerts. They are only counted, since subscriptions are private."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from alerts.models import Subscription
from search.stored_queries import pattern_of
from taxonomy.models import Term
from taxonomy.uses import UsesOfKind


def term_uses(term: Term) -> Iterator[UsesOfKind]:
    yield UsesOfKind(_("E-mail alerts"), Subscription.objects.filter(query__regex=pattern_of(term)))
