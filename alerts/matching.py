"""What a subscriber has not been told yet."""

from dataclasses import replace
from urllib.parse import parse_qsl
from uuid import UUID

from alerts.models import Subscription
from indexing.facets import FACETS
from indexing.models import Record
from search.engines.database import DatabaseEngine
from search.query import Query, parse


def query_of(subscription: Subscription) -> Query:
    """The query that was subscribed to. A code that has gone from the vocabularies stays in it and finds nothing:
    dropped, it would make the query a broader one, and fill a mailbox."""
    pairs = parse_qsl(subscription.query)
    known = {facet: frozenset(value for name, value in pairs if name == facet) for facet in FACETS}
    return parse(pairs, known, lang=subscription.language, most_values=None)[0]


def new_matches(subscription: Subscription, engine: DatabaseEngine) -> list[UUID]:
    """The practices that have appeared since the confirmation, answer the query now and were never mentioned;
    the newest first.

    Only those that have changed since the last look are looked at, since the others answer as they did then, and those
    that were left out of an e-mail.
    """
    changed = Record.objects.appeared_since(subscription.since).changed_since(subscription.looked_to)
    left_out = Record.objects.by_key(subscription.items.left_out().keys())
    candidates = {key for records in (changed, left_out) for key in records.values_list("key", flat=True)}
    candidates -= set(subscription.items.in_emails().keys())
    if not candidates:
        return []
    query = replace(query_of(subscription), sort="newest")
    return [key for key in engine.walk(query) if key in candidates]
