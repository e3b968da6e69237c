"""Template tags about alerts for the search page."""

from django import template

from alerts.addresses import query_address
from search.query import Query

register = template.Library()


@register.simple_tag
def alert_url(query: Query) -> str:
    """Return the URL of the alert form for `query`."""
    return query_address("alerts:new", query)
