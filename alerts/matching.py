"""Find the practices that a subscriber has not been told about."""

from dataclasses import replace
from urllib.parse import parse_qsl
from uuid import UUID

from alerts.models import Subscription
from indexing.facets import FACETS
from indexing.models import Record
from search.engines.database import DatabaseEngine
from search.query import Query, parse


def query_of(subscription: Subscription) -> Query:
    """Return the query of the subscription.

    A code that was deleted from the vocabularies is kept and matches nothing: without it the query would be broader and
    fill the mailbox.
    """
    pairs = parse_qsl(subscription.query)
    codes_by_facet = {facet: frozenset(value for name, value in pairs if name == facet) for facet in FACETS}
    return parse(pairs, codes_by_facet, lang=subscription.language, most_values=None)[0]


def new_matches(subscription: Subscription, engine: DatabaseEngine) -> list[UUID]:
    """Return the keys of practices that appeared after the confirmation, match the query and were never announced, newest
    first.

    Only records that changed since the last check, and those withheld from an e-mail, are examined: the others match as they
    did then.
    """
    changed = Record.objects.appeared_since(subscription.since).changed_since(subscription.looked_to)
    withheld = Record.objects.by_key(subscription.items.withheld().keys())
    candidates = {key for records in (changed, withheld) for key in records.values_list("key", flat=True)}
    candidates -= set(subscription.items.in_emails().keys())
    if not candidates:
        return []
    query = replace(query_of(subscription), sort="newest")
    return [key for key in engine.iter_keys(query) if key in candidates]
