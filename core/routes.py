"""The path segments below the language that routes own: a page of that slug there could be published and never seen."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

# What a route begins with, if it begins with a name: search/compare/, ^accounts/password/.
FIRST_SEGMENT = re.compile(r"\^?([\w-]+)")


@cache
def owned_slugs() -> frozenset[str]:
    """Return the first segments of all routes below the language, such as search, record and alerts."""
    return frozenset(
        segment
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and isinstance(pattern.pattern, LocalePrefixPattern)
        for segment in _first_segments(pattern.url_patterns)
    )


def _first_segments(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern)
        if match := FIRST_SEGMENT.match(route):
            yield match[1].lower()
        elif isinstance(pattern, URLResolver) and not route:
            yield from _first_segments(pattern.url_patterns)
