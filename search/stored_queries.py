"""Stored queries of collections and alerts: query strings of the search page, saved as text and parsed on each use."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from indexing.analysis.text_query import NOTHING, parse_text
from indexing.kinds import only_kind
from search.engines import engine
from search.labels import known_codes
from search.query import DEEPEST_RESULT, Notice, Query, parse
from search.spelling import suggest_spelling
from taxonomy.models import Term, facet_and_code

# Characters. PostgreSQL cannot index longer texts.
LONGEST_QUERY = 2020
# Parameters of one visit to the search page, not of the query; they are ignored. The page alone corrects what was typed.
VOLATILE_PARAMETERS = {"page", "size", "lang", "correct"}


def extract_query_string(typed: str) -> str:
    """Return the query string of a pasted URL of the search page or the API; a query string may be pasted too."""
    _address, mark, query_string = typed.strip().partition("#")[0].rpartition("?")
    is_bare_address = not mark and "=" not in query_string.partition("/")[0]
    return "" if is_bare_address else query_string


def to_store(query: Query) -> str:
    """Return the query string to save.

    If there is only one kind, the query names it, so that it finds the same when more kinds are added.
    """
    only = only_kind(())
    return (query.with_values("kind", [only.code]) if only else query).to_query_string()


def naming_kind(stored: str, kind: str) -> str:
    """Return a stored query string with `kind` where it names none. Migrations use it."""
    pairs = parse_qsl(stored, errors="surrogateescape")
    if any(name == "kind" for name, _value in pairs):
        return stored
    place = sum(name == "q" for name, _value in pairs[:1])  # behind the text, as Query.to_pairs puts it
    return urlencode([*pairs[:place], ("kind", kind), *pairs[place:]], errors="surrogateescape")


def parse_stored_query(
    stored: str, language: str = "en", *, most_values: int | None = None
) -> tuple[Query, list[Notice]]:
    """Return the query in `language`, and a notice for each invalid parameter.

    `most_values` limits a query about to be saved; stored ones are never cut.
    """
    pairs = [
        (name, value)
        for name, value in parse_qsl(stored, errors="surrogateescape")
        if name not in VOLATILE_PARAMETERS
    ]
    query, notices = parse(pairs, known_codes(), lang=language, most_values=most_values)
    if problem := text_problem(query):
        notices.append(Notice("q", query.q, problem))
    return query, notices


def text_problem(query: Query) -> str:
    """Return the reason of the notice about a text that can never match anything, "" if there is none."""
    if not query.q:
        return ""
    text = parse_text(query.q)
    return "one-letter" if text.required == (NOTHING,) else "" if text else "no-words"


def correction_of(query: Query) -> str | None:
    """Return a spelling of the text of a query without results with which it has some; stored queries are not corrected."""
    return None if not query.q or engine().size(query) else suggest_spelling(query)


def stored_query_keys(stored: str, language: str) -> list[UUID]:
    """Return the keys of the current results in the query's order, as deep as paging goes; none for a blank query.

    A query with an invalid parameter (its term was removed) has no results either: without that filter it would find
    more than its author chose.
    """
    query, notices = parse_stored_query(stored, language)
    if not stored or notices:
        return []
    return engine().search(replace(query, page=1, size=DEEPEST_RESULT)).keys


def pattern_of(term: Term) -> str:
    """Return a regular expression, for Python and both databases, that matches query strings with this term or tag."""
    return f"(^|&){re.escape(urlencode([facet_and_code(term)]))}(&|$)"
