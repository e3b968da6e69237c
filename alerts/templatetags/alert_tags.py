"""What the search page shows of alerts."""

from django import template

from alerts.addresses import query_address
from search.query import Query

register = template.Library()


@register.simple_tag
def alert_url(query: Query) -> str:
    """Where a reader asks to be told what is new for `query`."""
    return query_address("alerts:new", query)
