"""Stored queries, of collections and alerts: the query string of a search page, kept as text and read anew each time."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from indexing.analysis import parse_text
from indexing.kinds import only_kind
from search.engines import engine
from search.labels import known
from search.query import DEEPEST_RESULT, LONGEST_TEXT, MOST_VALUES, Notice, Query, parse
from taxonomy.models import Term, facet_and_code

# PostgreSQL indexes no longer ones.
LONGEST_QUERY = 2020
# They belong to the visit on which somebody put the query, not to the query.
OF_THE_VISIT = {"page", "size", "lang"}
PROBLEMS = {
    "unknown-value": _("“%(value)s” is not a value of “%(field)s”."),
    "unknown-parameter": _("“%(field)s” is not a search parameter."),
    "repeated": _("“%(field)s” is given more than once."),
    "cut": _("The search text is longer than %(longest)d characters."),
    "too-many": _("It has more than %(most)d filters."),
    "no-words": _("The search text has no words in it."),
    "characters": _("“%(field)s” contains invalid characters."),
}


def reduced(typed: str) -> str:
    """The query of a pasted address, of the search page or the API, or of a query string with or without its "?"."""
    _address, mark, query_string = typed.strip().partition("#")[0].rpartition("?")
    is_bare_address = not mark and "=" not in query_string.partition("/")[0]
    return "" if is_bare_address else query_string


def to_store(query: Query) -> str:
    """Return the query string to keep. It names the kind as long as there is only one, so that it goes on finding what its
    author saw when others come."""
    only = only_kind(())
    return (query.with_values("kind", [only.code]) if only else query).to_query_string()


def naming_kind(stored: str, kind: str) -> str:
    """Return a stored query string with `kind` where it names none. Migrations use it."""
    pairs = parse_qsl(stored, errors="surrogateescape")
    if any(name == "kind" for name, _value in pairs):
        return stored
    place = sum(name == "q" for name, _value in pairs[:1])  # behind the text, as Query.to_pairs puts it
    return urlencode([*pairs[:place], ("kind", kind), *pairs[place:]], errors="surrogateescape")


def understood(
    stored: str, language: str = "en", *, most_values: int | None = None
) -> tuple[Query, list[Notice]]:
    """The query for a reader of `language`, and a notice for each part of it that is not understood.

    `most_values` is for what is about to be saved; what is stored is never cut."""
    pairs = [
        (name, value)
        for name, value in parse_qsl(stored, errors="surrogateescape")
        if name not in OF_THE_VISIT
    ]
    query, notices = parse(pairs, known(), lang=language, most_values=most_values)
    if query.q and not parse_text(query.q):
        notices.append(Notice("q", query.q, "no-words"))
    return query, notices


def keys_found(stored: str, language: str) -> list[UUID]:
    """The practices that the stored query finds now, in its order, as deep as paging goes; none for a blank one.

    Nor for one that is no longer wholly understood (a term was removed): with a filter dropped it would show what
    nobody chose.
    """
    query, notices = understood(stored, language)
    if not stored or notices:
        return []
    return engine().search(replace(query, page=1, size=DEEPEST_RESULT)).keys


def problem(notice: Notice) -> str:
    """What an editor must put right; a reader is told instead that it was left out (search.messages)."""
    told = {"field": notice.field, "value": notice.value, "longest": LONGEST_TEXT, "most": MOST_VALUES}
    return PROBLEMS[notice.reason] % told


def pattern_of(term: Term) -> str:
    """A regular expression, for Python and both databases, of query strings that choose this term or tag."""
    return f"(^|&){re.escape(urlencode([facet_and_code(term)]))}(&|$)"
