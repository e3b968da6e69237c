"""Parse the query of a request, for every page that takes one."""

from django.http import HttpRequest

from core.i18n import active_language
from search.labels import known_codes
from search.query import Notice, Query, parse


def parameter_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the parameters as (name, value) pairs, repeated ones too."""
    return [(name, value) for name, values in request.GET.lists() for value in values]


def query_from_request(request: HttpRequest, *page_parameters: str) -> tuple[Query, list[Notice]]:
    """Return the query in the active language, and notices. `page_parameters` belong to the page and are skipped."""
    pairs = [pair for pair in parameter_pairs(request) if pair[0] not in page_parameters]
    return parse(pairs, known_codes(), lang=active_language())
