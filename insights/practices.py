"""Limit queries to practices: figures, gap matrix, finder and comparison ignore other kinds."""

from search.query import Query

PRACTICE = "practice"


def of_practices(query: Query) -> Query:
    """Return the query with practices as its only kind."""
    return query.with_values("kind", [PRACTICE])
