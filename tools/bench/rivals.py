"""What our answer is measured against: (a) the bare query, as well as one can write it; (b) Wagtail's own search, tuned.

Both use the terms of the records as they stand, so that all three find the same.
"""

import json

from django.core.management import call_command
from django.db import connection, connections, transaction
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Or, PlainText, SearchQuery

from indexing.analysis.columns import BARRIER
from indexing.analysis.sounds import SOUND
from indexing.analysis.text_query import AllOf, Node, Phrase
from indexing.models import Record
from search.engines.fulltext import WEIGHTS, PostgresText, SQLiteText
from search.query import Query
from search.text_queries import text_query_of
from tools.bench.models import SEVERAL, SINGLE, Code, StockPractice

BARE, STOCK = "bare query", "stock search"
STOCK_AT_MOST = 10_000  # practices; with more it takes minutes for what it is compared in
RESULTS_PER_PAGE = 20
# The fastest of what was tried: EXISTS before IN and before two statements; on PostgreSQL containment of JSON with its
# index before EXISTS and IN on a table of codes, which took five times as long.
SQLITE_CODES = [
    "DROP TABLE IF EXISTS bench_record_code",
    "CREATE TABLE bench_record_code (facet text, code text, record_id integer, "
    "PRIMARY KEY (facet, code, record_id)) WITHOUT ROWID",
    "INSERT INTO bench_record_code SELECT facet.key, code.value, record.id "
    "FROM search_record record, json_each(record.facets) facet, json_each(facet.value) code",
]
POSTGRES_CODES = [
    "DROP INDEX IF EXISTS bench_facets",
    "CREATE INDEX bench_facets ON search_record USING gin (facets jsonb_path_ops)",
]


class BareQuery:
    """(a) Twenty ids by relevance and the total, nothing else: one statement over the record's index and a table of codes."""

    name = BARE

    def __init__(self) -> None:
        self.sqlite = connection.vendor == "sqlite"

    def prepare(self) -> None:
        """What makes the filters fast: on SQLite a table of codes, on PostgreSQL an index."""
        with transaction.atomic(), connection.cursor() as cursor:
            for sql in SQLITE_CODES if self.sqlite else POSTGRES_CODES:
                cursor.execute(sql)

    def ask(self, query: Query) -> int:
        """The twenty best and the total, which is returned."""
        sql, params = self.statement(query)
        with connections["bare"].cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return rows[0][1] if rows else 0

    def statement(self, query: Query) -> tuple[str, list[object]]:
        text_query = text_query_of(query)
        if self.sqlite:
            weights = ", ".join(map(str, WEIGHTS.values()))
            having = (
                " AND EXISTS (SELECT 1 FROM bench_record_code "
                "WHERE facet = %s AND code = %s AND record_id = search_text.rowid)"
            )
            codes = [value for facet, (code,) in query.chosen for value in (facet, code)]
            return (
                # LIMIT -1 keeps the inner query whole: bm25() is refused where SQLite merges it with the outer one.
                f"SELECT id, count(*) OVER () FROM (SELECT rowid AS id, bm25(search_text, {weights}, 0) AS score "
                f"FROM search_text WHERE search_text MATCH %s{having * len(query.chosen)} LIMIT -1) "
                f"ORDER BY score LIMIT {RESULTS_PER_PAGE}",
                [SQLiteText.expression(text_query), *codes],
            )
        text = " & ".join(map(PostgresText.tsquery, text_query.required))
        return (
            "SELECT id, count(*) OVER () FROM search_record WHERE text_vector @@ %s::tsquery AND facets @> %s::jsonb "
            f"ORDER BY ts_rank(text_vector, %s::tsquery, 1) DESC LIMIT {RESULTS_PER_PAGE}",
            [text, json.dumps({facet: list(codes) for facet, codes in query.chosen}), text],
        )


class StockSearch:
    """(b) Wagtail's search over a model of its own: the first twenty, the total and one `facet()` a facet."""

    name = STOCK
    backend = "default"

    def prepare(self) -> None:
        """Fill model and index, then give them what a careful administrator would."""
        with transaction.atomic():
            self.fill()
        call_command("update_index", backend_name=self.backend, verbosity=0)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP INDEX IF EXISTS bench_vectors")
                cursor.execute(
                    "CREATE INDEX bench_vectors ON wagtailsearch_indexentry USING gin ((title || body))"
                )

    @staticmethod
    def fill() -> None:
        StockPractice.objects.all().delete()
        Code.objects.all().delete()
        records = list(Record.objects.order_by("pk"))
        StockPractice.objects.bulk_create([_stock(record) for record in records], batch_size=500)
        names = sorted({(facet, code) for r in records for facet in SEVERAL for code in r.facets[facet]})
        codes = {
            (c.facet, c.code): c.pk
            for c in Code.objects.bulk_create([Code(facet=f, code=c) for f, c in names])
        }
        for facet in SEVERAL:
            through = StockPractice._meta.get_field(facet).remote_field.through
            links = [
                through(stockpractice_id=r.pk, code_id=codes[facet, code])
                for r in records
                for code in r.facets[facet]
            ]
            through.objects.bulk_create(links, batch_size=500)

    def ask(self, query: Query) -> int:
        """The first twenty, all facets and the total, which is returned."""
        practices = StockPractice.objects.using("stock")
        for facet, (code,) in query.chosen:
            practices = practices.filter(**{f"{facet}__code" if facet in SEVERAL else facet: code})
        text = And([_stock_query(node) for node in text_query_of(query).required])
        results = get_search_backend(self.backend).search(text, practices)
        list(results[:RESULTS_PER_PAGE])
        for facet in (*SINGLE, *SEVERAL):
            results.facet(facet)
        return results.count()


class StockElasticsearch(StockSearch):
    """Wagtail's search over the same model by its Elasticsearch backend: a request a facet."""

    name = "Wagtail's Elasticsearch backend"
    backend = "elasticsearch"

    def prepare(self) -> None:
        """Fill the model unless `StockSearch` has, and the index."""
        if StockPractice.objects.count() != Record.objects.count():
            with transaction.atomic():
                self.fill()
        call_command("update_index", backend_name=self.backend, verbosity=0)


def rivals(size: int) -> list[BareQuery | StockSearch]:
    """Those that a corpus of `size` is measured against."""
    return [BareQuery(), StockSearch()] if size <= STOCK_AT_MOST else [BareQuery()]


def _stock(record: Record) -> StockPractice:
    columns = (
        record.keyword_terms,
        record.name_terms,
        record.summary_terms,
        record.body_terms,
        record.variant_terms,
    )
    body = " ".join(term for column in columns for term in column.split() if not term.startswith(SOUND))
    single = {facet: next(iter(record.facets[facet]), "") for facet in SINGLE}
    return StockPractice(
        pk=record.pk, title=record.title_terms.replace(BARRIER, ""), body=body.replace(BARRIER, ""), **single
    )


def _stock_query(node: Node) -> SearchQuery:
    """Return a node in Wagtail's terms, without sounds, which its index would cut off."""
    if isinstance(node, Phrase):
        return PlainText(" ".join(node.terms))
    parts = [
        _stock_query(part)
        for part in node.nodes
        if not (isinstance(part, Phrase) and part.terms[0].startswith(SOUND))
    ]
    return (And if isinstance(node, AllOf) else Or)(parts)
