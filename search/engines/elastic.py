"""The engine for large portals: Elasticsearch, by `elasticsearch.dsl`. One request a query, all counts with it.

It finds what the database engine finds, since both look for the record's own terms. The cards' words
come from the records, by key; the server only says which, how many and in what order.
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

from indexing.analysis import parse_text
from indexing.documents import fingerprint
from indexing.errors import EngineUnavailable
from indexing.facets import FACETS
from indexing.indexes import stored_fingerprint
from indexing.models import SearchIndex
from indexing.server import client, client_with_timeout, unavailable_on_failure
from search.engines.base import Found
from search.engines.bitmaps import each_key
from search.engines.database import LIKENESS
from search.engines.fulltext import COLUMNS, WEIGHTS
from search.query import Query

# More codes than any facet will have; without a size the server would list ten.
MOST_CODES = 10_000
# The weights of the database engine, so that both put the same first.
WEIGHTED = [f"{field}^{weight:g}" for field, weight in zip(COLUMNS, WEIGHTS, strict=True)]
ORDERS: dict[str, Any] = {
    "relevance": ["_score"],
    "newest": [{"first_published": {"order": "desc", "missing": "_last"}}],
    "year": [{"start_year": {"order": "desc", "missing": "_last"}}],
}
# Left out, not asked for: nearly all records are live, and a filter for them would be gone through with every query.
REMOVED = Q("term", removed=True)
# Of the second that a reader may wait for the first answer of a process.
SECONDS = 0.8
# A walk goes on at once from one to the next: the server keeps its moment for no longer than a pause might take.
WALKED_AT_ONCE, WALK = 5_000, "1m"


class PracticeSearch(FacetedSearch):
    """A reader's query as a request; `search` is what the library builds it up in, step by step.

    Facets that count under the same filters share one aggregation, so that the server looks at each filter once.
    """

    # By code, since the answer orders them anew and the server need not look for the largest.
    facets = {name: TermsFacet(field=name, size=MOST_CODES, order={"_key": "asc"}) for name in FACETS}

    def __init__(self, query: Query) -> None:
        self.search_query = query
        self.index = settings.ELASTICSEARCH_INDEX
        several: Any = {f: list(values) for f, values in query.chosen if f not in query.all_of}
        asked: Any = parse_text(query.q)
        super().__init__(asked, several)

    def search(self) -> Any:
        search = Search(using=client(), index=self.index).params(**_of_the_whole())
        if settings.ELASTICSEARCH_REPLICAS:
            # The pages of one query come from the same copies: copies forget replaced documents at different times
            # and score a little differently until then.
            first_page = replace(self.search_query, page=1).to_query_string()
            search = search.params(preference=f"q{crc32(first_page.encode())}")
        return search.source(False).extra(
            from_=self.search_query.offset, size=self.search_query.size, track_total_hits=True
        )

    def query(self, search: Any, query: Any) -> Any:
        every = [
            Q("term", **{facet: value})
            for facet, values in self.search_query.chosen
            if facet in self.search_query.all_of
            for value in values
        ]
        text = text_queries(query.required)
        scored = self.search_query.order == "relevance"
        return search.query(
            "bool",
            must=text if scored else [],
            filter=[*every, *([] if scored else text)],
            must_not=[REMOVED, *(phrase_query(phrase) for phrase in query.excluded)],
        )

    def filter(self, search: Any) -> Any:
        """The chosen codes stay out of the query: with them there, the counts of their own facets would be cut short."""
        filters = list(self._filters.values())
        return search.post_filter("bool", filter=filters) if filters else search

    def aggregate(self, search: Any) -> None:
        for own in (None, *self._filters):
            others = [query for facet, query in self._filters.items() if facet != own]
            names = [own] if own else [name for name in self.facets if name not in self._filters]
            bucket: Any = search.aggs
            if others:
                bucket = bucket.bucket(f"but_{own}", "filter", filter=Q("bool", filter=others))
            for name in names:
                bucket.bucket(name, self.facets[name].get_aggregation())

    def sort(self, search: Any) -> Any:
        asked: Any = self._query
        # What only excludes has nothing to score by: as in the database engine, the newest come first.
        nothing_scores = self.search_query.order == "relevance" and not asked.required
        order = "newest" if nothing_scores else self.search_query.order
        return search.sort(*ORDERS.get(order, [f"title_key_{self.search_query.lang}"]), "key")

    def highlight(self, search: Any) -> Any:
        """None: the words of a card are marked where they are read from the record."""
        return search


def text_queries(phrases: tuple[tuple[str, ...], ...]) -> list[ServerQuery]:
    """All single words as one query: each must stand in some field, the fields weighed as one text."""
    words = [phrase[0] for phrase in phrases if len(phrase) == 1]
    single = [Q("combined_fields", query=" ".join(words), operator="and", fields=WEIGHTED)] if words else []
    return single + [phrase_query(phrase) for phrase in phrases if len(phrase) > 1]


def phrase_query(phrase: tuple[str, ...]) -> ServerQuery:
    """Within one field."""
    return Q("multi_match", type="phrase", query=" ".join(phrase), fields=WEIGHTED)


class ElasticEngine:
    name = "elasticsearch"
    is_unavailable = False
    outages = 0

    def prepare(self) -> None:
        """Nothing: the server has it all."""

    def search(self, query: Query) -> Found:
        body = self._ask(PracticeSearch(query)._s)
        with unavailable_on_failure():
            keys = [UUID(hit["_id"]) for hit in body["hits"]["hits"]]
            return Found(keys, body["hits"]["total"]["value"], _counts(body["aggregations"]), self.name)

    def size(self, query: Query) -> int:
        request = PracticeSearch(query)
        search = Search(using=client(), index=request.index).query(request._s.query)
        body = self._ask(request.filter(search).extra(size=0, track_total_hits=True))
        with unavailable_on_failure():
            return int(body["hits"]["total"]["value"])

    def walk(self, query: Query) -> Iterator[UUID]:
        return each_key(b"".join(self.key_pages(query)))

    def key_pages(self, query: Query) -> Iterator[bytes]:
        """The keys of all results in order, some thousands at a time, joined: sixteen bytes each."""
        request = PracticeSearch(query)
        search = request.sort(request.filter(Search().params(**_of_the_whole()).query(request._s.query)))
        search = search.source(False).extra(size=WALKED_AT_ONCE, track_total_hits=False)
        with unavailable_on_failure():
            opened = client_with_timeout(SECONDS).open_point_in_time(
                index=settings.ELASTICSEARCH_INDEX, keep_alive=WALK
            )
            moment = {"id": opened["id"], "keep_alive": WALK}
        try:
            while True:
                body = self._ask(search.extra(pit=moment))
                with unavailable_on_failure():
                    hits = body["hits"]["hits"]
                    keys = b"".join(UUID(hit["_id"]).bytes for hit in hits)
                    last = hits[-1]["sort"] if hits else None
                if keys:
                    yield keys
                if len(hits) < WALKED_AT_ONCE:
                    return
                search = search.extra(search_after=last)
        finally:
            with suppress(EngineUnavailable), unavailable_on_failure():  # it ends by itself
                client_with_timeout(SECONDS).close_point_in_time(id=moment["id"])

    def suggest(self, beginnings: list[str], limit: int) -> list[UUID]:
        if not beginnings:
            return []
        words = [Q("prefix", title_words=beginning) for beginning in beginnings]
        search = Search(using=client(), index=settings.ELASTICSEARCH_INDEX).source(False)
        body = self._ask(search.query("bool", filter=words, must_not=[REMOVED]).sort("key")[:limit])
        with unavailable_on_failure():
            return [UUID(hit["_id"]) for hit in body["hits"]["hits"]]

    def related(self, key: UUID, limit: int) -> list[tuple[UUID, dict[str, list[str]]]]:
        index = settings.ELASTICSEARCH_INDEX
        of_key = (
            Search(using=client(), index=index)
            .source(False)
            .query("bool", filter=[Q("term", key=str(key))], must_not=[REMOVED])
        )
        itself = self._ask(of_key.extra(docvalue_fields=list(LIKENESS)))
        with unavailable_on_failure():
            found = [_codes(hit) for hit in itself["hits"]["hits"]]
        if not found:
            return []
        own = found[0]
        alike = [
            Q("constant_score", filter=Q("term", **{facet: code}), boost=len(LIKENESS) - weight)
            for weight, facet in enumerate(LIKENESS)
            for code in own[facet]
        ]
        search = (
            Search(using=client(), index=index)
            .source(False)
            .query(
                "bool",
                filter=[Q("terms", theme=own["theme"]) | Q("terms", tag=own["tag"])],
                must_not=[REMOVED, Q("term", key=str(key))],
                should=alike,
            )
            .sort("_score", "key")
            .extra(docvalue_fields=list(LIKENESS))[:limit]
        )
        body = self._ask(search)
        with unavailable_on_failure():
            return [
                (UUID(hit["_id"]), {f: sorted(set(own[f]) & set(_codes(hit)[f])) for f in LIKENESS})
                for hit in body["hits"]["hits"]
            ]

    def state(self) -> str:
        """The index that answers and how far the worker has come with it; told by the database, not by the server."""
        row = SearchIndex.objects.live().values_list("name", "shipped").first()
        return "-".join(map(str, row)) if row else ""

    def check(self) -> None:
        """Raises EngineUnavailable where the server does not answer, or with an index that this code cannot ask."""
        found = stored_fingerprint(settings.ELASTICSEARCH_INDEX, SECONDS)
        if found != fingerprint():
            raise EngineUnavailable(
                "no index, run search_rebuild" if found is None else "old mapping, run search_rebuild"
            )
        # One that tells its mapping may still be too busy to search.
        with unavailable_on_failure():
            client_with_timeout(SECONDS).count(index=settings.ELASTICSEARCH_INDEX)

    def _ask(self, search: Any) -> dict[str, Any]:
        with unavailable_on_failure():
            answer = client_with_timeout(SECONDS).search(
                index=search._index, **search._params, body=search.to_dict()
            )
            if not isinstance(answer.body, dict):
                raise EngineUnavailable("an answer without a text")
            return answer.body


def _counts(aggregations: dict[str, Any]) -> dict[str, dict[str, int]]:
    """The counts by facet and code. Raises KeyError where the answer lacks a facet."""
    counts: dict[str, dict[str, int]] = {}
    for name, answer in aggregations.items():
        for facet, buckets in (answer if name.startswith("but_") else {name: answer}).items():
            if facet in FACETS:
                counts[facet] = {bucket["key"]: bucket["doc_count"] for bucket in buckets["buckets"]}
    return {facet: counts[facet] for facet in FACETS}


def _of_the_whole() -> dict[str, Any]:
    """Nothing where a shard is missing; scores of the whole index, not of a shard."""
    scored = {"search_type": "dfs_query_then_fetch"} if settings.ELASTICSEARCH_SHARDS > 1 else {}
    return {"allow_partial_search_results": False, **scored}


def _codes(hit: dict[str, Any]) -> dict[str, list[str]]:
    """What makes a hit like others, by facet."""
    return {facet: hit.get("fields", {}).get(facet, []) for facet in LIKENESS}
