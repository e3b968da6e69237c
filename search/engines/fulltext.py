"""Full-text search in the database: matching records and their scores. One class for each database."""

import itertools
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import connection

from indexing.analysis.text_query import AllOf, Node, Phrase, TextQuery, leaves
from search.engines.bitmaps import mask

Scores = dict[int, float | None]
# A word in the title says what a practice is about, a keyword was chosen by a person, a name is of an organisation that leads
# or of a place, a summary is short; the body may mention anything. A variant is not the word as it was typed.
# BM25 gives frequent terms diminishing returns: with a title weight below 20, a long practice with two query words in
# its title ranked below a short one with the same two among its keywords.
WEIGHTS = {
    "title_terms": 20.0,
    "keyword_terms": 5.0,
    "name_terms": 8.0,
    "summary_terms": 3.0,
    "body_terms": 1.0,
    "variant_terms": 0.5,
}
# The columns in which phrases are matched.
PHRASE_COLUMNS = tuple(column for column in WEIGHTS if column != "variant_terms")
# Where words near each other count: not among keywords, which stand near by chance.
NEAR_COLUMNS = tuple(column for column in PHRASE_COLUMNS if column != "keyword_terms")
# Words with at most so many others between them are near each other.
NEAR = 8


class FullText(Protocol):
    def matching(self, query: TextQuery) -> list[int]:
        """Return the ids of the records that match every required node; exclusions are not applied."""

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
        return _ids("SELECT rowid FROM search_text WHERE search_text MATCH %s", [self.expression(query)])

    def scores(self, query: TextQuery, among: int) -> Scores:
        """Score with bm25(). The mask is read by position, while `IN (…)` would first sort all of `among`."""
        weights = ", ".join(map(str, [*WEIGHTS.values(), 0]))
        return _scores(
            f"SELECT rowid, CASE substr(%s, rowid + 1, 1) WHEN x'01' THEN bm25(search_text, {weights}) END "
            "FROM search_text WHERE search_text MATCH %s",
            [mask(among), self.expression(query, near=True)],
        )

    def match_title_prefixes(self, prefixes: list[str], limit: int) -> list[int]:
        expression = " AND ".join(f'"{word}"*' for word in prefixes)
        return _ids(
            "SELECT rowid FROM search_text WHERE search_text MATCH %s LIMIT %s",
            [f"title_words : ({expression})", limit],
        )

    @classmethod
    def expression(cls, query: TextQuery, *, near: bool = False) -> str:
        """Return the query in the language of FTS5; with `near`, words near the next one count once more in the score."""
        parts = [cls._node(node) for node in query.required]
        for place, (first, second) in enumerate(pairs(query) if near else ()):
            if first and second:
                parts[place] = (
                    f'({parts[place]} OR {_columns(NEAR_COLUMNS)} : NEAR("{first}" "{second}", {NEAR}))'
                )
        return f"{_columns(WEIGHTS)} : ({' AND '.join(parts)})"

    @classmethod
    def _node(cls, node: Node) -> str:
        if not isinstance(node, Phrase):
            return f"({(' AND ' if isinstance(node, AllOf) else ' OR ').join(map(cls._node, node.nodes))})"
        phrase = f'"{" ".join(node.terms)}"'
        return phrase if len(node.terms) == 1 else f"{_columns(PHRASE_COLUMNS)} : {phrase}"


class PostgresText:
    """PostgreSQL tsvector.

    A phrase is looked up by its words and then checked with LIKE on the stored terms, because tsvector positions end
    at 16383.
    """

    def matching(self, query: TextQuery) -> list[int]:
        where, params = self.where(query)
        return _ids(f"SELECT id FROM search_record WHERE {where}", params)

    def scores(self, query: TextQuery, among: int) -> Scores:
        """Score with ts_rank(). Terms are joined with "or", so that the field of each word counts; with "and" ts_rank
        would score how close together the words are instead, as ts_rank_cd() does for words next to each other."""
        bits = among.to_bytes(among.bit_length() // 8 + 1, "little")
        title, keywords, _, summary, body, _ = WEIGHTS.values()
        weights = f"{{{body / title},{summary / title},{keywords / title},1}}"
        where, params = self.where(query)
        rank, rank_params = (
            "ts_rank(%s::real[], text_vector, %s::tsquery, 1)",
            [
                weights,
                " | ".join(self.tsquery(node) for node in query.required),
            ],
        )
        near = [f"'{first}' & '{second}'" for first, second in pairs(query) if first and second]
        if near:
            rank += " * (1 + ts_rank_cd(%s::real[], text_vector, %s::tsquery))"
            rank_params += [weights, " | ".join(near)]
        return _scores(
            f"SELECT id, CASE WHEN CASE WHEN id < %s THEN get_bit(%s::bytea, id::int) = 1 END THEN -{rank} END "
            f"FROM search_record WHERE {where}",
            [len(bits) * 8, bits, *rank_params, *params],
        )

    def match_title_prefixes(self, prefixes: list[str], limit: int) -> list[int]:
        expression = " & ".join(f"'{word}':*" for word in prefixes)
        return _ids(
            "SELECT id FROM search_record WHERE title_vector @@ %s::tsquery LIMIT %s", [expression, limit]
        )

    @classmethod
    def where(cls, query: TextQuery) -> tuple[str, list[object]]:
        conditions = ["text_vector @@ %s::tsquery"]
        params: list[object] = [" & ".join(map(cls.tsquery, query.required))]
        for node in query.required:
            if any(len(leaf.terms) > 1 for leaf in leaves((node,))):
                condition, more = cls._exact(node)
                conditions.append(condition)
                params += more
        return " AND ".join(conditions), params

    @classmethod
    def _exact(cls, node: Node) -> tuple[str, list[object]]:
        """Return the condition of a node with phrases, which the index knows only by their words."""
        if not isinstance(node, Phrase):
            parts = [cls._exact(part) for part in node.nodes]
            operator = " AND " if isinstance(node, AllOf) else " OR "
            return f"({operator.join(sql for sql, _ in parts)})", [p for _, params in parts for p in params]
        if len(node.terms) == 1:
            return "text_vector @@ %s::tsquery", [cls.tsquery(node)]
        anywhere = " OR ".join(f"{column} LIKE %s" for column in PHRASE_COLUMNS)
        return f"({anywhere})", [f"% {' '.join(node.terms)} %"] * len(PHRASE_COLUMNS)

    @classmethod
    def tsquery(cls, node: Node) -> str:
        if isinstance(node, Phrase):
            parts, operator = [f"'{term}'" for term in node.terms], " & "
        else:
            parts, operator = list(map(cls.tsquery, node.nodes)), " & " if isinstance(node, AllOf) else " | "
        return f"({operator.join(parts)})"


def pairs(query: TextQuery) -> list[tuple[str, str]]:
    """Return the terms, as typed, of each required node and the next; empty where a node is no single word."""
    terms = [_first_term(node) for node in query.required]
    return list(itertools.pairwise(terms))


def _first_term(node: Node) -> str:
    leaf = next(leaves((node,)))
    return leaf.terms[0] if len(leaf.terms) == 1 else ""


def _columns(names: Iterable[str]) -> str:
    return f"{{{' '.join(names)}}}"
