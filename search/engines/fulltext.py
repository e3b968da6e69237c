"""The full text of either database: which records match, and the best of some. One class a database."""

from itertools import islice
from typing import Any, Protocol

from django.db import connection

from search.analysis import TextQuery

Phrase = tuple[str, ...]
# Weights of title, keywords, summary and body: a word in the title says what a practice is about, a keyword was
# chosen by a person, a summary is short; the body is where anything may be mentioned.
WEIGHTS = (10.0, 5.0, 3.0, 1.0)
COLUMNS = ("title_terms", "keyword_terms", "summary_terms", "body_terms")


class FullText(Protocol):
    def matching(self, query: TextQuery) -> list[int]:
        """The ids of the records in which every required phrase occurs, before exclusions."""

    def ranked(self, query: TextQuery, among: list[int] | None, limit: int) -> list[int]:
        """The `limit` best of the matching, or of those `among` them, by relevance, ties by key."""

    def beginning(self, beginnings: list[str], limit: int) -> list[int]:
        """Live records whose titles have words that begin so, all of them."""


def full_text() -> FullText:
    """That of the connected database."""
    return SQLiteText() if connection.vendor == "sqlite" else PostgresText()


def _ids(sql: str, params: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


class SQLiteText:
    """FTS5; a phrase cannot cross the barrier between fields, since the barrier is a term of its own."""

    def matching(self, query: TextQuery) -> list[int]:
        return _ids("SELECT rowid FROM search_text WHERE search_text MATCH %s", [self._expression(query)])

    def ranked(self, query: TextQuery, among: list[int] | None, limit: int) -> list[int]:
        """FTS5 scores every match whatever else is asked, so those among are picked from all in order."""
        sql = (
            "SELECT t.rowid FROM search_text t JOIN search_record r ON r.id = t.rowid "
            f"WHERE search_text MATCH %s ORDER BY bm25(search_text, {self._weights()}), r.key"
        )
        if among is None:
            return _ids(f"{sql} LIMIT %s", [self._expression(query), limit])
        wanted = set(among)
        return list(
            islice((place for place in _ids(sql, [self._expression(query)]) if place in wanted), limit)
        )

    def beginning(self, beginnings: list[str], limit: int) -> list[int]:
        asked = " AND ".join(f'"{word}"*' for word in beginnings)
        return _ids(
            "SELECT rowid FROM search_text WHERE search_text MATCH %s LIMIT %s",
            [f"title_words : ({asked})", limit],
        )

    @staticmethod
    def _weights() -> str:
        return ", ".join(map(str, WEIGHTS)) + ", 0"

    @staticmethod
    def _expression(query: TextQuery) -> str:
        phrases = " AND ".join(f'"{" ".join(phrase)}"' for phrase in query.required)
        return f"{{{' '.join(COLUMNS)}}} : ({phrases})"


class PostgresText:
    """tsvector; a phrase is looked up by its words and then checked on the terms, which know no last position."""

    def matching(self, query: TextQuery) -> list[int]:
        where, params = self._where(query)
        return _ids(f"SELECT id FROM search_record WHERE {where}", params)

    def ranked(self, query: TextQuery, among: list[int] | None, limit: int) -> list[int]:
        where, params = ("id = ANY(%s)", [among]) if among is not None else self._where(query)
        top = max(WEIGHTS)
        weights = "{" + ",".join(str(weight / top) for weight in reversed(WEIGHTS)) + "}"
        return _ids(
            f"SELECT id FROM search_record WHERE {where} "
            "ORDER BY ts_rank(%s::real[], text_vector, %s::tsquery, 1) DESC, key LIMIT %s",
            [*params, weights, self._words(query), limit],
        )

    def beginning(self, beginnings: list[str], limit: int) -> list[int]:
        asked = " & ".join(f"'{word}':*" for word in beginnings)
        return _ids("SELECT id FROM search_record WHERE title_vector @@ %s::tsquery LIMIT %s", [asked, limit])

    def _where(self, query: TextQuery) -> tuple[str, list[Any]]:
        phrases = [f"% {' '.join(phrase)} %" for phrase in query.required if len(phrase) > 1]
        anywhere = "(" + " OR ".join(f"{column} LIKE %s" for column in COLUMNS) + ")"
        conditions = ["text_vector @@ %s::tsquery", *(anywhere for _ in phrases)]
        return " AND ".join(conditions), [self._words(query), *(p for p in phrases for _ in COLUMNS)]

    @staticmethod
    def _words(query: TextQuery) -> str:
        return " & ".join(f"'{term}'" for phrase in query.required for term in phrase)
