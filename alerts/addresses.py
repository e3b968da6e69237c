"""URLs of alerts that are about a query."""

from core.alternates import address_in
from search.page import url_with_query
from search.query import Query


def query_address(name: str, query: Query) -> str:
    """Return the URL called `name`, with the query, in the query's language."""
    return url_with_query(address_in(query.lang, name), query.without_paging)
