"""What a visit to a view means. Apps register a reader for their views; the writer calls it, never a request."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import Error
from django.http import HttpResponseBase, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from core.language_codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from usage.facts import Count, Fact, SearchText, TextCount, text_to_keep
from usage.memory import Item, Visit

logger = logging.getLogger(__name__)
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
    """Return what the visits mean. A visit that its reader fails on is logged and left out. Raises Error of the database."""
    items: Counter[Item] = Counter()
    for visit, number in visits.items():
        try:
            for item in _items_of(visit, day):
                items[item] += number
        except Error:
            raise
        except Exception:
            logger.exception("A visit to %s could not be counted.", visit.path)
    return items


def _items_of(visit: Visit, day: date) -> list[Item]:
    language = language_of(visit.path)
    with translation.override(language or DEFAULT_LANGUAGE):
        try:
            match = resolve(visit.path)
        except Resolver404:
            return []
        reader = _readers.get(match.view_name)
        if reader is None:
            return []
        parameters = QueryDict(visit.query_string.encode("latin-1"))
        view_visit = ViewVisit(visit.path, language, match.kwargs, parameters, visit.found)
        return list(_with_day(reader(view_visit), day, language, visit.is_bot))


def _with_day(facts: Iterable[Fact | SearchText], day: date, language: str, is_bot: bool) -> Iterable[Item]:
    for fact in facts:
        if isinstance(fact, Fact):
            yield Count(day, language, is_bot, fact)
        elif not is_bot and (text := text_to_keep(fact.text)):
            yield TextCount(day, language, text, fact.found)
