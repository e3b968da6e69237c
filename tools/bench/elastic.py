"""What the portal on Elasticsearch is measured against: the same practices in an index of the stock kind, asked raw.

The small distribution of the server has no language analyzers. So the stock index is given the words stemmed, and each
of its text fields has two sub-fields as it would for English and Russian: it stores, searches and highlights as much, and
finds the same.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from elasticsearch.helpers import bulk

from indexing.analysis.columns import terms
from indexing.analysis.sounds import SOUND
from indexing.analysis.text_query import Node, leaves
from indexing.facets import FACETS
from indexing.models import Record
from indexing.server import client
from search.query import Query
from search.text_queries import text_query_of
from tools.bench.corpus import STORY

STOCK = "bench-stock"
TEXTS = {"title": 20, "keywords": 5, "summary": 3, **dict.fromkeys(STORY, 1), "variants": 1}
RESULTS_PER_PAGE = 20
CODES = 10_000
LANGUAGES = ("en", "ru")


def stock_mapping() -> dict[str, object]:
    text = {"type": "text", "analyzer": "standard"}
    both = text | {"fields": dict.fromkeys(LANGUAGES, text)}
    facets = {name: {"type": "keyword"} for name in FACETS}
    return {"properties": {**dict.fromkeys(TEXTS, both), **facets, "url": {"type": "keyword"}}}


def stock_document(record: Record) -> dict[str, object]:
    languages = record.document["languages"].values()

    def stemmed(texts: Any) -> list[str]:
        return [" ".join(terms(text)) for text in texts]

    return {
        "title": stemmed(text["title"] for text in languages),
        "summary": stemmed(text["summary"] for text in languages),
        "keywords": [record.keyword_terms.replace("\ue000", "")],
        "variants": [" ".join(plain_terms(record.variant_terms.split()))],
        **{name: stemmed(text["fields"].get(name, "") for text in languages) for name in STORY},
        **record.facets,
        "url": [text["url"] for text in languages],
    }


def fill_stock() -> None:
    """Unless it is there."""
    server = client()
    total = Record.objects.count()
    if server.indices.exists(index=STOCK) and server.count(index=STOCK)["count"] == total:
        return
    server.indices.delete(index=STOCK, ignore_unavailable=True)
    server.indices.create(
        index=STOCK, settings={"number_of_replicas": 0, "refresh_interval": "-1"}, mappings=stock_mapping()
    )
    actions: Iterator[dict[str, object]] = (
        {"_index": STOCK, "_id": str(record.key), "_source": stock_document(record)}
        for record in Record.objects.iterator(chunk_size=500)
    )
    bulk(server, actions)
    server.indices.refresh(index=STOCK)
    server.options(request_timeout=600).indices.forcemerge(index=STOCK, max_num_segments=1)  # as ours is


def stock_body(query: Query) -> bytes:
    """All words or their variants, anywhere; exact total; marks in every field; a filter aggregation for each facet."""
    filters = {facet: {"terms": {facet: list(values)}} for facet, values in query.chosen}
    fields = [f"{name}.{language}^{weight}" for name, weight in TEXTS.items() for language in LANGUAGES]
    body = {
        "query": {"bool": {"must": [stock_node(node, fields) for node in text_query_of(query).required]}},
        "post_filter": {"bool": {"filter": list(filters.values())}},
        "aggs": {
            facet: {
                "filter": {"bool": {"filter": [f for name, f in filters.items() if name != facet]}},
                "aggs": {facet: {"terms": {"field": facet, "size": CODES}}},
            }
            for facet in FACETS
        },
        "highlight": {"fields": {f"{name}.{language}": {} for name in TEXTS for language in LANGUAGES}},
        "track_total_hits": True,
        "size": RESULTS_PER_PAGE,
        "from": query.offset,
    }
    return json.dumps(body).encode()


def stock_node(node: Node, fields: list[str]) -> dict[str, Any]:
    """Return the query for one word, by any of its terms."""
    words = plain_terms(term for leaf in leaves((node,)) for term in leaf.terms)
    return {
        "multi_match": {
            "query": " ".join(words),
            "type": "cross_fields",
            "operator": "or",
            "fields": fields,
        }
    }


def plain_terms(found: Iterable[str]) -> list[str]:
    """Return the terms without sounds, which the standard tokenizer would take for words."""
    return [term for term in found if not term.startswith(SOUND)]


def server_port() -> int:
    port = urlsplit(settings.ELASTICSEARCH_URL.split(",")[0]).port
    assert port
    return port
