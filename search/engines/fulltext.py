"""The full text of either database: which records match, and the best of some. One class a database."""

from typing import Any, Protocol

from django.db import connection

from indexing.analysis import TextQuery
from search.engines.bitmaps import mask

Scores = dict[int, float | None]
# Weights of title, keywords, summary and body: a word in the title says what a practice is about, a keyword was
# chosen by a person, a summary is short; the body is where anything may be mentioned.
# BM25 flattens what occurs often: with less than 20 two words in the title of a long practice came after the same two
# among the keywords of a short one.
WEIGHTS = (20.0, 5.0, 3.0, 1.0)
COLUMNS = ("title_terms", "keyword_terms", "summary_terms", "body_terms")


class FullText(Protocol):
    def matching(self, query: TextQuery) -> list[int]:
        """The ids of the records in which every required phrase occurs, before exclusions."""

    def scores(self, query: TextQuery, among: int) -> Scores:
        """The same ids; those in the bitmap `among` with how well they answer, the best with the lowest number.

        One pass finds and scores, since what a text finds is counted whole, but only what passes the filters is
        ordered, and a score costs ten times what a match does.
        """

    def beginning(self, beginnings: list[str], limit: int) -> list[int]:
        """Live records whose titles have words that begin so, all of them."""


def full_text() -> FullText:
    """That of the connected database."""
    return SQLiteText() if connection.vendor == "sqlite" else PostgresText()


def _ids(sql: str, params: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def _scores(sql: str, params: list[Any]) -> Scores:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


class SQLiteText:
    """FTS5; a phrase cannot cross the barrier between fields, since the barrier is a term of its own."""

    def matching(self, query: TextQuery) -> list[int]:
        return _ids("SELECT rowid FROM search_text WHERE search_text MATCH %s", [self._expression(query)])

    def scores(self, query: TextQuery, among: int) -> Scores:
        """A byte of the mask is found by its place, while IN would first sort all of `among`."""
        return _scores(
            f"SELECT rowid, CASE substr(%s, rowid + 1, 1) WHEN x'01' THEN bm25(search_text, {self._weights()}) END "
            "FROM search_text WHERE search_text MATCH %s",
            [mask(among), self._expression(query)],
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

    def scores(self, query: TextQuery, among: int) -> Scores:
        """Joined by "or", each word counts by where it stands; by "and" ts_rank would weigh how near they are instead."""
        bits = among.to_bytes(among.bit_length() // 8 + 1, "little")
        top = max(WEIGHTS)
        weights = "{" + ",".join(str(weight / top) for weight in reversed(WEIGHTS)) + "}"
        where, params = self._where(query)
        return _scores(
            "SELECT id, CASE WHEN CASE WHEN id < %s THEN get_bit(%s::bytea, id::int) = 1 END "
            "THEN -ts_rank(%s::real[], text_vector, %s::tsquery, 1) END "
            f"FROM search_record WHERE {where}",
            [len(bits) * 8, bits, weights, self._words(query, " | "), *params],
        )

    def beginning(self, beginnings: list[str], limit: int) -> list[int]:
        asked = " & ".join(f"'{word}':*" for word in beginnings)
        return _ids("SELECT id FROM search_record WHERE title_vector @@ %s::tsquery LIMIT %s", [asked, limit])

    def _where(self, query: TextQuery) -> tuple[str, list[object]]:
        phrases = [f"% {' '.join(phrase)} %" for phrase in query.required if len(phrase) > 1]
        anywhere = "(" + " OR ".join(f"{column} LIKE %s" for column in COLUMNS) + ")"
        conditions = ["text_vector @@ %s::tsquery", *(anywhere for _ in phrases)]
        return " AND ".join(conditions), [self._words(query), *(p for p in phrases for _ in COLUMNS)]

    @staticmethod
    def _words(query: TextQuery, joined: str = " & ") -> str:
        return joined.join(f"'{term}'" for phrase in query.required for term in phrase)
