"""Figures, gap matrix, finder and comparison are about practices, whatever other kinds are found."""

from search.query import Query

PRACTICE = "practice"


def of_practices(query: Query) -> Query:
    """Return the query with practices as the only kind asked for."""
    return query.with_values("kind", [PRACTICE])
