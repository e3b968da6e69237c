"""The engine for large portals: Elasticsearch, by `elasticsearch.dsl`. One request per query, with all counts.

It finds what the database engine finds, since both search the terms stored in the record. The server returns only
keys, counts and the order; the texts of the cards are read from the records.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID
from zlib import crc32

from django.conf import settings
from elasticsearch.dsl import FacetedSearch, Q, Search, TermsFacet
from elasticsearch.dsl.query import Query as ServerQuery

from indexing.documents import fingerprint
from indexing.errors import EngineUnavailable
from indexing.facets import FACETS
from indexing.indexes import stored_fingerprint
from indexing.models import SearchIndex
from indexing.server import client, client_with_timeout, unavailable_on_failure
from search.engines.base import ResultPage
from search.engines.bitmaps import each_key
from search.engines.database import LIKENESS
from search.engines.elastic_text import near_queries, node_query
from search.query import Query
from search.text_queries import text_query_of

# More codes than any facet will have; the server's default is ten.
MOST_CODES = 10_000
ORDERS: dict[str, Any] = {
    "relevance": ["_score"],
    "newest": [{"first_published": {"order": "desc", "missing": "_last"}}],
    "year": [{"start_year": {"order": "desc", "missing": "_last"}}],
}
# All that a query may name.
YEARS = range(1900, 2101)
# Used in must_not: nearly all records are live, and a positive filter would be evaluated for all of them in every query.
REMOVED = Q("term", removed=True)
# Seconds for one request; below the circuit breaker's TIMEOUT.
REQUEST_TIMEOUT = 0.8
# iter_keys sends one request after another without a pause, so the point in time need not live for long.
KEYS_PER_REQUEST, KEEP_ALIVE = 5_000, "1m"


class PracticeSearch(FacetedSearch):
    """A query as an Elasticsearch request. The library calls the methods below to build `search` step by step.

    Facets that count under the same filters share one aggregation, so that the server evaluates each filter once.
    """

    # Ordered by code: `search.results` sorts by count, so the server need not.
    facets = {name: TermsFacet(field=name, size=MOST_CODES, order={"_key": "asc"}) for name in FACETS}

    def __init__(self, query: Query) -> None:
        self.search_query = query
        self.index = settings.ELASTICSEARCH_INDEX
        any_of: Any = {f: list(values) for f, values in query.chosen if f not in query.all_of}
        if query.has_years and "year" not in query.all_of:
            any_of.setdefault("year", [])
        text_query: Any = text_query_of(query)
        super().__init__(text_query, any_of)

    def add_filter(self, name: str, filter_values: Any) -> None:
        """Add the filter of a facet; that of the year has the first and the last year in it."""
        super().add_filter(name, filter_values)
        if name == "year" and self.search_query.has_years:
            chosen = [self._filters[name]] if filter_values else []
            self._filters[name] = Q("bool", filter=[*chosen, self.years()])

    def years(self) -> ServerQuery:
        return Q("terms", year=[str(year) for year in YEARS if self.search_query.includes_year(str(year))])

    def search(self) -> Any:
        search = Search(using=client(), index=self.index).params(**_complete_results_only())
        if settings.ELASTICSEARCH_REPLICAS:
            # All pages of one query must come from the same replica: replicas drop deleted documents at different
            # times, and until then their scores differ a little.
            first_page = replace(self.search_query, page=1).to_query_string()
            search = search.params(preference=f"q{crc32(first_page.encode())}")
        return search.source(False).extra(
            from_=self.search_query.offset, size=self.search_query.size, track_total_hits=True
        )

    def query(self, search: Any, query: Any) -> Any:
        all_of = [
            Q("term", **{facet: value})
            for facet, values in self.search_query.chosen
            if facet in self.search_query.all_of
            for value in values
        ]
        if self.search_query.has_years and "year" in self.search_query.all_of:
            all_of.append(self.years())
        text = [node_query(node) for node in query.required]
        scored = self.search_query.order == "relevance"
        return search.query(
            "bool",
            must=text if scored else [],
            should=near_queries(query) if scored else [],
            filter=[*all_of, *([] if scored else text)],
            must_not=[REMOVED, *(node_query(node) for node in query.excluded)],
        )

    def filter(self, search: Any) -> Any:
        """Apply the chosen codes as a post filter: in the query they would also narrow the counts of their own facets."""
        filters = list(self._filters.values())
        return search.post_filter("bool", filter=filters) if filters else search

    def aggregate(self, search: Any) -> None:
        for own_facet in (None, *self._filters):
            other_filters = [query for facet, query in self._filters.items() if facet != own_facet]
            names = [own_facet] if own_facet else [name for name in self.facets if name not in self._filters]
            bucket: Any = search.aggs
            if other_filters:
                bucket = bucket.bucket(f"but_{own_facet}", "filter", filter=Q("bool", filter=other_filters))
            for name in names:
                bucket.bucket(name, self.facets[name].get_aggregation())

    def sort(self, search: Any) -> Any:
        text_query: Any = self._query
        # A query of exclusions only has no scores: as in the database engine, the newest come first.
        nothing_scores = self.search_query.order == "relevance" and not text_query.required
        order = "newest" if nothing_scores else self.search_query.order
        return search.sort(*ORDERS.get(order, [f"title_key_{self.search_query.lang}"]), "key")

    def highlight(self, search: Any) -> Any:
        """Request no highlighting; `search.snippets` marks the texts read from the record."""
        return search


class ElasticEngine:
    name = "elasticsearch"
    is_unavailable = False
    outages = 0

    def prepare(self) -> None:
        """Do nothing: the server holds all data."""

    def search(self, query: Query) -> ResultPage:
        body = self._send(PracticeSearch(query)._s)
        with unavailable_on_failure():
            keys = [UUID(hit["_id"]) for hit in body["hits"]["hits"]]
            return ResultPage(keys, body["hits"]["total"]["value"], _counts(body["aggregations"]), self.name)

    def size(self, query: Query) -> int:
        request = PracticeSearch(query)
        search = Search(using=client(), index=request.index).query(request._s.query)
        body = self._send(request.filter(search).extra(size=0, track_total_hits=True))
        with unavailable_on_failure():
            return int(body["hits"]["total"]["value"])

    def iter_keys(self, query: Query) -> Iterator[UUID]:
        return each_key(b"".join(self.key_pages(query)))

    def key_pages(self, query: Query) -> Iterator[bytes]:
        """Yield the keys of all results in order in batches of KEYS_PER_REQUEST, joined, 16 bytes a key."""
        request = PracticeSearch(query)
        search = request.sort(
            request.filter(Search().params(**_complete_results_only()).query(request._s.query))
        )
        search = search.source(False).extra(size=KEYS_PER_REQUEST, track_total_hits=False)
        with unavailable_on_failure():
            response = client_with_timeout(REQUEST_TIMEOUT).open_point_in_time(
                index=settings.ELASTICSEARCH_INDEX, keep_alive=KEEP_ALIVE
            )
            point_in_time = {"id": response["id"], "keep_alive": KEEP_ALIVE}
        try:
            while True:
                body = self._send(search.extra(pit=point_in_time))
                with unavailable_on_failure():
                    hits = body["hits"]["hits"]
                    keys = b"".join(UUID(hit["_id"]).bytes for hit in hits)
                    last = hits[-1]["sort"] if hits else None
                if keys:
                    yield keys
                if len(hits) < KEYS_PER_REQUEST:
                    return
                search = search.extra(search_after=last)
        finally:
            with suppress(EngineUnavailable), unavailable_on_failure():  # it also expires by itself
                client_with_timeout(REQUEST_TIMEOUT).close_point_in_time(id=point_in_time["id"])

    def suggest(self, prefixes: list[str], limit: int) -> list[UUID]:
        if not prefixes:
            return []
        prefix_queries = [Q("prefix", title_words=prefix) for prefix in prefixes]
        search = Search(using=client(), index=settings.ELASTICSEARCH_INDEX).source(False)
        body = self._send(search.query("bool", filter=prefix_queries, must_not=[REMOVED]).sort("key")[:limit])
        with unavailable_on_failure():
            return [UUID(hit["_id"]) for hit in body["hits"]["hits"]]

    def related(self, key: UUID, limit: int) -> list[tuple[UUID, dict[str, list[str]]]]:
        index = settings.ELASTICSEARCH_INDEX
        lookup = (
            Search(using=client(), index=index)
            .source(False)
            .query("bool", filter=[Q("term", key=str(key))], must_not=[REMOVED])
        )
        body_of_key = self._send(lookup.extra(docvalue_fields=["kind", *LIKENESS]))
        with unavailable_on_failure():
            codes_of_hits = [_codes(hit) for hit in body_of_key["hits"]["hits"]]
        if not codes_of_hits:
            return []
        codes = codes_of_hits[0]
        similarity = [
            Q("constant_score", filter=Q("term", **{facet: code}), boost=len(LIKENESS) - weight)
            for weight, facet in enumerate(LIKENESS)
            for code in codes[facet]
        ]
        search = (
            Search(using=client(), index=index)
            .source(False)
            .query(
                "bool",
                filter=[
                    Q("terms", kind=codes["kind"]),
                    Q("terms", theme=codes["theme"]) | Q("terms", tag=codes["tag"]),
                ],
                must_not=[REMOVED, Q("term", key=str(key))],
                should=similarity,
            )
            .sort("_score", "key")
            .extra(docvalue_fields=list(LIKENESS))[:limit]
        )
        body = self._send(search)
        with unavailable_on_failure():
            return [
                (UUID(hit["_id"]), {f: sorted(set(codes[f]) & set(_codes(hit)[f])) for f in LIKENESS})
                for hit in body["hits"]["hits"]
            ]

    def state(self) -> str:
        """Return the name of the live index and the last change indexed in it, both read from the database."""
        row = SearchIndex.objects.live().values_list("name", "shipped").first()
        return "-".join(map(str, row)) if row else ""

    def check(self) -> None:
        """Check that the server answers and that its index has the current mapping. Raises EngineUnavailable."""
        index_fingerprint = stored_fingerprint(settings.ELASTICSEARCH_INDEX, REQUEST_TIMEOUT)
        if index_fingerprint != fingerprint():
            raise EngineUnavailable(
                "no index, run search_rebuild"
                if index_fingerprint is None
                else "old mapping, run search_rebuild"
            )
        # A server that returns its mapping may still be too busy to search.
        with unavailable_on_failure():
            client_with_timeout(REQUEST_TIMEOUT).count(index=settings.ELASTICSEARCH_INDEX)

    def _send(self, search: Any) -> dict[str, Any]:
        with unavailable_on_failure():
            response = client_with_timeout(REQUEST_TIMEOUT).search(
                index=search._index, **search._params, body=search.to_dict()
            )
            if not isinstance(response.body, dict):
                raise EngineUnavailable("the response has no JSON object")
            return response.body


def _counts(aggregations: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Return facet -> code -> count. Raises KeyError if the response lacks a facet."""
    counts: dict[str, dict[str, int]] = {}
    for name, aggregation in aggregations.items():
        for facet, buckets in (aggregation if name.startswith("but_") else {name: aggregation}).items():
            if facet in FACETS:
                counts[facet] = {bucket["key"]: bucket["doc_count"] for bucket in buckets["buckets"]}
    return {facet: counts[facet] for facet in FACETS}


def _complete_results_only() -> dict[str, Any]:
    """Return parameters that refuse partial results and compute scores across all shards."""
    scored = {"search_type": "dfs_query_then_fetch"} if settings.ELASTICSEARCH_SHARDS > 1 else {}
    return {"allow_partial_search_results": False, **scored}


def _codes(hit: dict[str, Any]) -> dict[str, list[str]]:
    """Return the kind of a hit and its codes for the facets of LIKENESS."""
    return {facet: hit.get("fields", {}).get(facet, []) for facet in ("kind", *LIKENESS)}
