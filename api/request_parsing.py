"""Parse the query of a search request with the query's own parser; invalid parameters are refused."""

from django.http import HttpRequest

from api.errors import LONGEST_NAME, InvalidRequest
from indexing.facets import LONGEST_VALUE
from search.labels import known_codes
from search.messages import INFORMATIVE
from search.query import Notice, Query, parse
from search.request_parsing import parameter_pairs


def read_query(request: HttpRequest) -> tuple[Query, list[Notice]]:
    """Return the query and informative notices. Raises InvalidRequest if there is any other notice."""
    query, notices = parse(parameter_pairs(request), known_codes(), is_api=True)
    if faults := [notice for notice in notices if notice.reason not in INFORMATIVE]:
        raise InvalidRequest(faults)
    return query, notices


def refuse_parameters(request: HttpRequest) -> None:
    """Raise InvalidRequest if the request has any parameter."""
    if faults := [
        Notice(name[:LONGEST_NAME], value[:LONGEST_VALUE], "unknown-parameter")
        for name, value in parameter_pairs(request)
    ]:
        raise InvalidRequest(faults)
