"""What a visit to a view means. Apps register a reader for their views; the writer calls it, never a request."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpResponseBase, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation

from core.language_codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from usage.facts import Count, Fact, SearchText, TextCount, text_to_keep
from usage.memory import Item, Visit

logger = logging.getLogger(__name__)
# The database is away, locked or full: what it refuses may be written later.
UNAVAILABLE = (OperationalError, InterfaceError)
# Tells the middleware whether a search had results, in an answer of the page cache too; it is sent to nobody.
FOUND_HEADER = "X-Usage-Found"


@dataclass(frozen=True)
class ViewVisit:
    """A visit with what its URL says. `found` is None where the answer did not tell: a browser had the page already."""

    path: str
    language: str
    arguments: dict[str, Any]
    parameters: QueryDict
    found: bool | None


Reader = Callable[[ViewVisit], Iterable[Fact | SearchText]]
_readers: dict[str, Reader] = {}


def register_visits(view_name: str, reader: Reader) -> None:
    """Register what a visit to the view means. The view answers GET; its language is "" if its path has none."""
    _readers[view_name] = reader


def is_counted(view_name: str) -> bool:
    return view_name in _readers


def mark_found(response: HttpResponseBase, found: bool) -> None:
    """Say in the answer of a search whether it has results."""
    response.headers[FOUND_HEADER] = str(int(found))


def language_of(path: str) -> str:
    """Return the language of a path, "" if it has none."""
    return path[1:3] if path[1:3] in LANGUAGE_CODES and path[3:4] == "/" else ""


def items_of(visits: Counter[Visit], day: date) -> Counter[Item]:
    """Return what the visits mean. A visit that its reader fails on is logged and left out. Raises UNAVAILABLE.

    The log has neither the query nor the text of an error: both may have what was searched for.
    """
    items: Counter[Item] = Counter()
    for visit, number in visits.items():
        language = language_of(visit.path)
        with translation.override(language or DEFAULT_LANGUAGE):
            match = _match(visit.path)
            if match is None:
                continue
            try:
                for item in _items_of(visit, match, day, language):
                    items[item] += number
            except UNAVAILABLE:
                raise
            except Exception as error:
                logger.error("A visit to %s could not be counted: %s", match.view_name, type(error).__name__)
    return items


def _match(path: str) -> ResolverMatch | None:
    """Return the view of a path that is counted, None for any other."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.view_name in _readers else None


def _items_of(visit: Visit, match: ResolverMatch, day: date, language: str) -> list[Item]:
    parameters = QueryDict(visit.query_string.encode("latin-1"))
    view_visit = ViewVisit(visit.path, language, match.kwargs, parameters, visit.found)
    return list(_with_day(_readers[match.view_name](view_visit), day, language, visit.is_bot))


def _with_day(facts: Iterable[Fact | SearchText], day: date, language: str, is_bot: bool) -> Iterable[Item]:
    for fact in facts:
        if isinstance(fact, Fact):
            yield Count(day, language, is_bot, fact)
        elif not is_bot and (text := text_to_keep(fact.text)):
            yield TextCount(day, language, text, fact.found)
