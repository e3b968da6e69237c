"""Full-text search in the database: matching records and their scores. One class for each database."""

from typing import Any, Protocol

from django.db import connection

from indexing.analysis import TextQuery
from search.engines.bitmaps import mask

Scores = dict[int, float | None]
# Weights of title, keywords, summary and body: a word in the title says what a practice is about, a keyword was
# chosen by a person, a summary is short; the body may mention anything.
# BM25 gives frequent terms diminishing returns: with a title weight below 20, a long practice with two query words in
# its title ranked below a short one with the same two among its keywords.
WEIGHTS = (20.0, 5.0, 3.0, 1.0)
COLUMNS = ("title_terms", "keyword_terms", "summary_terms", "body_terms")


class FullText(Protocol):
    def matching(self, query: TextQuery) -> list[int]:
        """Return the ids of the records in which every required phrase occurs; exclusions are not applied."""

    def scores(self, query: TextQuery, among: int) -> Scores:
        """Return the ids of `matching` with a score for those in the bitmap `among`, None for the others.

        The lowest score is the best. All matches are needed for the counts, but only those that pass the filters are
        ordered, and scoring costs ten times as much as matching: so one statement does both.
        """

    def match_title_prefixes(self, prefixes: list[str], limit: int) -> list[int]:
        """Return ids of records whose titles contain a word for every prefix."""


def full_text() -> FullText:
    """Return the implementation for the connected database."""
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
    """SQLite FTS5. Fields are separated by a barrier term, so a phrase never matches across two fields."""

    def matching(self, query: TextQuery) -> list[int]:
        return _ids("SELECT rowid FROM search_text WHERE search_text MATCH %s", [self._expression(query)])

    def scores(self, query: TextQuery, among: int) -> Scores:
        """Score with bm25(). The mask is read by position, while `IN (…)` would first sort all of `among`."""
        return _scores(
            f"SELECT rowid, CASE substr(%s, rowid + 1, 1) WHEN x'01' THEN bm25(search_text, {self._weights()}) END "
            "FROM search_text WHERE search_text MATCH %s",
            [mask(among), self._expression(query)],
        )

    def match_title_prefixes(self, prefixes: list[str], limit: int) -> list[int]:
        expression = " AND ".join(f'"{word}"*' for word in prefixes)
        return _ids(
            "SELECT rowid FROM search_text WHERE search_text MATCH %s LIMIT %s",
            [f"title_words : ({expression})", limit],
        )

    @staticmethod
    def _weights() -> str:
        return ", ".join(map(str, WEIGHTS)) + ", 0"

    @staticmethod
    def _expression(query: TextQuery) -> str:
        phrases = " AND ".join(f'"{" ".join(phrase)}"' for phrase in query.required)
        return f"{{{' '.join(COLUMNS)}}} : ({phrases})"


class PostgresText:
    """PostgreSQL tsvector.

    A phrase is looked up by its words and then checked with LIKE on the stored terms, because tsvector positions end
    at 16383.
    """

    def matching(self, query: TextQuery) -> list[int]:
        where, params = self._where(query)
        return _ids(f"SELECT id FROM search_record WHERE {where}", params)

    def scores(self, query: TextQuery, among: int) -> Scores:
        """Score with ts_rank(). Terms are joined with "or", so that the field of each word counts; with "and" ts_rank
        would score how close together the words are instead."""
        bits = among.to_bytes(among.bit_length() // 8 + 1, "little")
        top = max(WEIGHTS)
        weights = "{" + ",".join(str(weight / top) for weight in reversed(WEIGHTS)) + "}"
        where, params = self._where(query)
        return _scores(
            "SELECT id, CASE WHEN CASE WHEN id < %s THEN get_bit(%s::bytea, id::int) = 1 END "
            "THEN -ts_rank(%s::real[], text_vector, %s::tsquery, 1) END "
            f"FROM search_record WHERE {where}",
            [len(bits) * 8, bits, weights, self._tsquery(query, " | "), *params],
        )

    def match_title_prefixes(self, prefixes: list[str], limit: int) -> list[int]:
        expression = " & ".join(f"'{word}':*" for word in prefixes)
        return _ids(
            "SELECT id FROM search_record WHERE title_vector @@ %s::tsquery LIMIT %s", [expression, limit]
        )

    def _where(self, query: TextQuery) -> tuple[str, list[object]]:
        phrases = [f"% {' '.join(phrase)} %" for phrase in query.required if len(phrase) > 1]
        anywhere = "(" + " OR ".join(f"{column} LIKE %s" for column in COLUMNS) + ")"
        conditions = ["text_vector @@ %s::tsquery", *(anywhere for _ in phrases)]
        return " AND ".join(conditions), [self._tsquery(query), *(p for p in phrases for _ in COLUMNS)]

    @staticmethod
    def _tsquery(query: TextQuery, operator: str = " & ") -> str:
        return operator.join(f"'{term}'" for phrase in query.required for term in phrase)
