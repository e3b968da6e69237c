"""URLs of alerts that are about a query."""

from core.alternates import address_in
from search.page import url_with_query
from search.query import Query


def query_address(name: str, query: Query) -> str:
    """The address called `name`, with the query, in its language."""
    return url_with_query(address_in(query.lang, name), query.lasting)
