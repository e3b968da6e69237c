"""What a visit to the search page means for the counts of use."""

from collections.abc import Iterator

from search.labels import known_codes
from search.page import CORRECT_PARAMETER
from search.query import Query, parse
from search.results import corrected_results, results_for
from search.stored_queries import text_problem
from usage.facts import Event, Fact, SearchText
from usage.visits import ViewVisit


def facts_of_search(visit: ViewVisit) -> Iterator[Fact | SearchText]:
    """Yield the search, its filters and its text. The form alone and the next pages of a list are no search."""
    pairs = [
        (name, value)
        for name, values in visit.parameters.lists()
        if name != CORRECT_PARAMETER
        for value in values
    ]
    query, _ = parse(pairs, known_codes(), lang=visit.language)
    if query.page > 1 or query.is_empty:
        return
    found = visit.found
    if found is None:
        found = _finds(query, literal=visit.parameters.get(CORRECT_PARAMETER) == "0")
    yield Fact(Event.SEARCH)
    if not found:
        yield Fact(Event.VAIN_SEARCH)
    for name in _filters(query):
        yield Fact(Event.FILTER, detail=name)
    # A single letter or marks alone are not what anybody looks for.
    if query.q and not text_problem(query):
        yield SearchText(query.q, found)


def _filters(query: Query) -> list[str]:
    """Return the chosen filters, such as country=KZ; all years are one filter.

    The page takes any tag, but one that no practice has is whatever was typed into the URL, and counts are kept for ever.
    """
    known = known_codes()
    chosen = [f"{facet}={code}" for facet, codes in query.chosen for code in codes if code in known[facet]]
    return [*chosen, "year"] if query.has_years or query.values("year") else chosen


def _finds(query: Query, *, literal: bool) -> bool:
    """Return whether the page of the query shows results now."""
    return (results_for if literal else corrected_results)(query).total > 0
