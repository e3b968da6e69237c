"""(c) Tantivy, a search library in Rust, with the same terms, filters and counts: what an embedded engine can take at best."""

import tempfile
from collections.abc import Iterator
from typing import Any

import tantivy
from tantivy import Occur

from indexing.analysis.text_query import AllOf, Node, Phrase
from indexing.facets import FACETS
from indexing.models import Record
from search.engines.fulltext import PHRASE_COLUMNS, WEIGHTS
from search.query import Query
from search.text_queries import text_query_of

TANTIVY = "Tantivy"
MEMORY, MOST_CODES, RESULTS_PER_PAGE = 200_000_000, 10_000, 20


class Tantivy:
    """An index of all live records in a temporary folder."""

    name = TANTIVY

    def prepare(self) -> None:
        builder = tantivy.SchemaBuilder()
        for column in WEIGHTS:
            builder.add_text_field(column, tokenizer_name="terms", index_option="position")
        for facet in FACETS:
            builder.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
        self.schema = builder.build()
        self.folder = tempfile.TemporaryDirectory()
        index = tantivy.Index(self.schema, path=self.folder.name)
        tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("terms", tokenizer)
        writer = index.writer(MEMORY, 1)
        for record in Record.objects.live().defer("document").iterator(chunk_size=500):
            document = tantivy.Document()
            for column in WEIGHTS:
                document.add_text(column, getattr(record, column))
            for facet in FACETS:
                for code in record.codes_of(facet):
                    document.add_text(facet, code)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()

    def ask(self, query: Query) -> int:
        """The twenty best, the total, which is returned, and the counts of each facet under the filters of all others."""
        text = [(Occur.Must, self.node(node)) for node in text_query_of(query).required]
        filters = {facet: self.chosen(facet, codes) for facet, codes in query.chosen}
        found = self.searcher.search(self.narrowed(text, filters), RESULTS_PER_PAGE)
        for own in (None, *filters):
            others = {facet: chosen for facet, chosen in filters.items() if facet != own}
            counted = [own] if own else [facet for facet in FACETS if facet not in filters]
            terms = {name: {"terms": {"field": name, "size": MOST_CODES}} for name in counted}
            self.searcher.aggregate(self.narrowed(text, others), terms)
        return int(found.count)  # type: ignore[attr-defined]  # its stubs lack it

    def narrowed(self, text: list[Any], filters: dict[str, Any]) -> Any:
        parts = [*text, *((Occur.Must, chosen) for chosen in filters.values())]
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()

    def chosen(self, facet: str, codes: tuple[str, ...]) -> Any:
        """Return a filter that adds nothing to the score."""
        any_code = tantivy.Query.term_set_query(self.schema, facet, list(codes))
        return tantivy.Query.const_score_query(any_code, 0.0)

    def node(self, node: Node) -> Any:
        if isinstance(node, Phrase):
            return any_query(self.in_each_field(node.terms))
        if isinstance(node, AllOf):
            return tantivy.Query.boolean_query([(Occur.Must, self.node(part)) for part in node.nodes])
        return any_query(map(self.node, node.nodes))

    def in_each_field(self, terms: tuple[str, ...]) -> Iterator[Any]:
        for column in WEIGHTS if len(terms) == 1 else PHRASE_COLUMNS:
            if len(terms) == 1:
                query = tantivy.Query.term_query(self.schema, column, terms[0])
            else:
                query = tantivy.Query.phrase_query(self.schema, column, list(terms))
            yield tantivy.Query.boost_query(query, WEIGHTS[column])


def any_query(queries: Iterator[Any]) -> Any:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
