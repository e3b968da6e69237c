"""The records as documents of a search server: their mapping, how they are sent, read back and deleted."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from elasticsearch.dsl import Boolean, Document, Keyword, Long, Short, Text
from elasticsearch.helpers import streaming_bulk

from indexing.errors import EngineUnavailable
from indexing.facets import FACETS
from indexing.models import Record
from indexing.server import client, unavailable_on_failure

# IndexedDocument at once. Large enough to keep the server busy, small enough to be repeated.
BATCH = 500
LARGEST_REQUEST = 10 * 1024 * 1024
COMPARED_AT_ONCE = 5_000


class RecordDocument(Document):
    """What is searched and counted of a record. What is shown stays in the record: it is read from there, by key, so
    that nothing is shown which the database knows to be gone."""

    key = Keyword()
    # The record's own version once more, where a comparison can read it without the sources.
    version = Long(index=False)
    removed = Boolean()
    # Orders: microseconds, a year, titles by code point.
    first_published = Long(index=False)
    start_year = Short(index=False)
    title_key_en = Keyword(index=False, ignore_above=8_000)
    title_key_ru = Keyword(index=False, ignore_above=8_000)
    # Terms as the analysis has made them.
    title_terms = Text(analyzer="whitespace")
    keyword_terms = Text(analyzer="whitespace")
    summary_terms = Text(analyzer="whitespace")
    body_terms = Text(analyzer="whitespace")
    title_words = Text(analyzer="whitespace", norms=False, index_options="docs")

    class Meta:
        dynamic = "strict"


for _facet in FACETS:
    RecordDocument._doc_type.mapping.field(_facet, Keyword(eager_global_ordinals=True))


@dataclass(frozen=True)
class Refusal:
    """A record that the server does not take as it is; sending it again would not help."""

    key: str
    reason: str


@dataclass(frozen=True)
class IndexedDocument:
    """What the server has of a record."""

    key: UUID
    version: int
    removed: bool


def fingerprint() -> str:
    """Changes with the mapping: an index with another one has to be rebuilt."""
    mapping = json.dumps(RecordDocument._doc_type.mapping.to_dict(), sort_keys=True)
    return hashlib.sha256(mapping.encode()).hexdigest()[:16]


def document(record: Record) -> dict[str, object]:
    """A record as its document; of a tombstone only that it is one."""
    head = {"key": str(record.key), "version": record.version, "removed": record.removed}
    if record.removed:
        return head
    published = record.first_published
    return head | {
        **{facet: record.facets.get(facet, []) for facet in FACETS},
        "kind": record.kind,
        "first_published": int(published.timestamp() * 1_000_000) if published else None,
        "start_year": record.year,
        "title_key_en": record.title_key_en,
        "title_key_ru": record.title_key_ru,
        "title_terms": record.title_terms,
        "keyword_terms": record.keyword_terms,
        "summary_terms": record.summary_terms,
        "body_terms": record.body_terms,
        "title_words": record.title_words,
    }


def serialized(fields: dict[str, object]) -> bytes:
    """Return a document as JSON. Raises TypeError here, not inside a request, where a mistake of ours would be taken for an
    outage."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def send(index: str, records: Iterable[Record]) -> list[Refusal]:
    """Send records, each with its version, so that an older one never replaces a newer, whatever the order.

    Returns those that were refused for good. Raises EngineUnavailable where the server could not take one for now.
    """
    actions = (
        {
            "_op_type": "index",
            "_index": index,
            "_id": str(record.key),
            "version": record.version,
            "version_type": "external",
            "_source": serialized(document(record)),
        }
        for record in records
    )
    return _bulk(actions)


def delete_documents(index: str, gone: Iterable[IndexedDocument]) -> None:
    """Take out what no record stands for."""
    _bulk(
        {
            "_op_type": "delete",
            "_index": index,
            "_id": str(one.key),
            "version": one.version + 1,
            "version_type": "external",
        }
        for one in gone
    )


def _bulk(actions: Iterable[dict[str, object]]) -> list[Refusal]:
    options: dict[str, Any] = {
        "chunk_size": BATCH,
        "max_chunk_bytes": LARGEST_REQUEST,
        "raise_on_error": False,
        "raise_on_exception": False,
    }
    refused = []
    actions = iter(actions)
    # Documents are made and serialized out here: a mistake of ours in one is no outage of the server.
    while some := list(islice(actions, BATCH)):
        with unavailable_on_failure():
            for fine, result in streaming_bulk(client(), some, **options):
                if not fine:
                    told = next(iter(result.values()))
                    status = told.get("status", 0)
                    # 409: a newer one is there; 404: what should go is gone. 400: it will never be taken.
                    if status in (400, 413):
                        refused.append(Refusal(told["_id"], str(told.get("error"))[:500]))
                    elif status not in (404, 409):
                        raise EngineUnavailable(f"bulk: {status} {told.get('error')}"[:500])
    return refused


def count(index: str) -> int:
    """How many documents, tombstones among them."""
    with unavailable_on_failure():
        return int(client().count(index=index)["count"])


def versions(index: str, keys: list[UUID]) -> dict[UUID, IndexedDocument]:
    """What the index has of these keys at this very moment, findable or not."""
    if not keys:
        return {}
    with unavailable_on_failure():
        told = client().mget(index=index, ids=[str(key) for key in keys], source_includes=["removed"])
    return {
        key: IndexedDocument(key, doc["_version"], doc["_source"]["removed"])
        for key, doc in zip(keys, told["docs"], strict=True)
        if doc.get("found")
    }


def contents(index: str) -> Iterator[IndexedDocument]:
    """What the index has, by key, from one moment; memory stays flat."""
    with unavailable_on_failure():
        moment = client().open_point_in_time(index=index, keep_alive="5m")["id"]
        after: list[object] | None = None
        try:
            while True:
                page = client().search(
                    pit={"id": moment, "keep_alive": "5m"},
                    size=COMPARED_AT_ONCE,
                    sort=[{"key": "asc"}],
                    search_after=after,
                    source=False,
                    docvalue_fields=[{"field": "removed"}],
                    version=True,
                    track_total_hits=False,
                )
                hits = page["hits"]["hits"]
                for hit in hits:
                    (removed,) = hit["fields"]["removed"]
                    yield IndexedDocument(UUID(hit["_id"]), hit["_version"], removed)
                if len(hits) < COMPARED_AT_ONCE:
                    break
                after = hits[-1]["sort"]
        finally:
            client().close_point_in_time(id=moment)
