"""What a reader asks, read from an address: one way for every page that takes the query."""

from django.http import HttpRequest

from core.i18n import active_language
from search.labels import known
from search.query import Notice, Query, parse


def parameter_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """The parameters as (name, value), repeated ones too."""
    return [(name, value) for name, values in request.GET.lists() for value in values]


def query_from_request(request: HttpRequest, *but: str) -> tuple[Query, list[Notice]]:
    """The query in the reader's language, and what was not understood; parameters of `but` are the page's own."""
    pairs = [pair for pair in parameter_pairs(request) if pair[0] not in but]
    return parse(pairs, known(), lang=active_language())
