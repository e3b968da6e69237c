"""What a request asks, read by the query's own parser; what it does not understand is refused."""

from django.http import HttpRequest

from api.errors import InvalidRequest
from core.language_codes import LANGUAGE_CODES
from indexing.facets import LONGEST_VALUE
from search.labels import known
from search.messages import INFORMATIVE
from search.query import LONGEST_TEXT, Notice, Query, is_clean, parse
from search.request_parsing import parameter_pairs

LONGEST_NAME = 40


def read_query(request: HttpRequest) -> tuple[Query, list[Notice]]:
    """The query, and what to tell beside its answer. Raises Refused for what makes it unanswerable."""
    query, notices = parse(parameter_pairs(request), known(), is_api=True)
    if faults := [notice for notice in notices if notice.reason not in INFORMATIVE]:
        raise InvalidRequest(faults)
    return query, notices


def read_only(request: HttpRequest, *names: str) -> Query:
    """What the query's own parser makes of these parameters. Raises Refused, also for any other parameter."""
    pairs = [pair for pair in parameter_pairs(request) if pair[0] in names]
    query, faults = parse(pairs, {}, is_api=True)
    faults += _unknown(request, names)
    if faults:
        raise InvalidRequest(faults)
    return query


def read_suggest(request: HttpRequest) -> tuple[str, str]:
    """What was typed, and the language. Raises Refused."""
    faults = _unknown(request, ("q", "lang"))
    typed, lang = request.GET.get("q", ""), request.GET.get("lang") or "en"
    faults += [
        Notice(name, "", "characters")
        for name, value in (("q", typed), ("lang", lang))
        if not is_clean(value)
    ]
    if lang not in LANGUAGE_CODES and is_clean(lang):
        faults.append(Notice("lang", lang[:LONGEST_VALUE], "unknown-value"))
    if faults:
        raise InvalidRequest(faults)
    return typed[:LONGEST_TEXT], lang


def _unknown(request: HttpRequest, names: tuple[str, ...]) -> list[Notice]:
    return [
        Notice(name[:LONGEST_NAME], value[:LONGEST_VALUE], "unknown-parameter")
        for name, value in parameter_pairs(request)
        if name not in names
    ]
