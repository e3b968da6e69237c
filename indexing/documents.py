"""The documents of the search server: their mapping, and functions to send, read and delete them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from elasticsearch.dsl import Boolean, Document, Keyword, Long, Short, Text
from elasticsearch.helpers import streaming_bulk

from indexing.analysis import VERSION
from indexing.errors import EngineUnavailable
from indexing.facets import FACETS
from indexing.models import TERMS, Record
from indexing.server import client, unavailable_on_failure

# Documents per request. Large enough to keep the server busy, small enough to be repeated.
BATCH = 500
LARGEST_REQUEST = 10 * 1024 * 1024
DOCUMENTS_PER_REQUEST = 5_000


class RecordDocument(Document):
    """The searchable and countable fields of a record.

    Displayed texts are not indexed but read from the record by key, so that nothing is displayed that the database has
    removed.
    """

    key = Keyword()
    # The record's version again, where a comparison can read it without loading the source.
    version = Long(index=False)
    removed = Boolean()
    # Sort keys: microseconds, a year, titles by code point.
    first_published = Long(index=False)
    start_year = Short(index=False)
    title_key_en = Keyword(index=False, ignore_above=8_000)
    title_key_ru = Keyword(index=False, ignore_above=8_000)
    # Terms as indexing.analysis makes them.
    title_terms = Text(analyzer="whitespace")
    keyword_terms = Text(analyzer="whitespace")
    name_terms = Text(analyzer="whitespace")
    summary_terms = Text(analyzer="whitespace")
    body_terms = Text(analyzer="whitespace")
    variant_terms = Text(analyzer="whitespace")
    title_words = Text(analyzer="whitespace", norms=False, index_options="docs")

    class Meta:
        dynamic = "strict"


for _facet in FACETS:
    RecordDocument._doc_type.mapping.field(_facet, Keyword(eager_global_ordinals=True))


@dataclass(frozen=True)
class Refusal:
    """A record that the server rejects for good; sending it again would not help."""

    key: str
    reason: str


@dataclass(frozen=True)
class IndexedDocument:
    """Key, version and state of a record on the server."""

    key: UUID
    version: int
    removed: bool


def fingerprint() -> str:
    """Return a hash of the mapping and the analysis; an index with another hash must be rebuilt."""
    mapping = json.dumps(RecordDocument._doc_type.mapping.to_dict(), sort_keys=True)
    return hashlib.sha256(f"{mapping}{VERSION}".encode()).hexdigest()[:16]


def document(record: Record) -> dict[str, object]:
    """Return the document of a record; a tombstone has only key, version and `removed`."""
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
        **{column: getattr(record, column) for column in TERMS},
    }


def serialize(fields: dict[str, object]) -> bytes:
    """Return a document as JSON. Raises TypeError.

    Serialised outside the request, where an error in our data would be taken for an outage.
    """
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def send(index: str, records: Iterable[Record]) -> list[Refusal]:
    """Send records with their versions, so that an older one never replaces a newer one, whatever the order.

    Return those that were refused for good. Raises EngineUnavailable if the server cannot accept one at the moment.
    """
    actions = (
        {
            "_op_type": "index",
            "_index": index,
            "_id": str(record.key),
            "version": record.version,
            "version_type": "external",
            "_source": serialize(document(record)),
        }
        for record in records
    )
    return _bulk(actions)


def delete_documents(index: str, documents: Iterable[IndexedDocument]) -> None:
    """Delete documents that have no record."""
    _bulk(
        {
            "_op_type": "delete",
            "_index": index,
            "_id": str(document.key),
            "version": document.version + 1,
            "version_type": "external",
        }
        for document in documents
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
    # Documents are built and serialised outside unavailable_on_failure: an error in our data is not an outage.
    while batch := list(islice(actions, BATCH)):
        with unavailable_on_failure():
            for is_ok, results in streaming_bulk(client(), batch, **options):
                if not is_ok:
                    response = next(iter(results.values()))
                    status = response.get("status", 0)
                    # 409: the server has a newer version. 404: deleted already. 400, 413: rejected for good.
                    if status in (400, 413):
                        refused.append(Refusal(response["_id"], str(response.get("error"))[:500]))
                    elif status not in (404, 409):
                        raise EngineUnavailable(f"bulk: {status} {response.get('error')}"[:500])
    return refused


def count(index: str) -> int:
    """Return the number of documents, including tombstones."""
    with unavailable_on_failure():
        return int(client().count(index=index)["count"])


def versions(index: str, keys: list[UUID]) -> dict[UUID, IndexedDocument]:
    """Return the current documents of these keys, including those not yet refreshed for search."""
    if not keys:
        return {}
    with unavailable_on_failure():
        response = client().mget(index=index, ids=[str(key) for key in keys], source_includes=["removed"])
    return {
        key: IndexedDocument(key, doc["_version"], doc["_source"]["removed"])
        for key, doc in zip(keys, response["docs"], strict=True)
        if doc.get("found")
    }


def contents(index: str) -> Iterator[IndexedDocument]:
    """Yield all documents of the index in key order, as of one moment, in constant memory."""
    with unavailable_on_failure():
        point_in_time = client().open_point_in_time(index=index, keep_alive="5m")["id"]
        after: list[object] | None = None
        try:
            while True:
                page = client().search(
                    pit={"id": point_in_time, "keep_alive": "5m"},
                    size=DOCUMENTS_PER_REQUEST,
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
                if len(hits) < DOCUMENTS_PER_REQUEST:
                    break
                after = hits[-1]["sort"]
        finally:
            client().close_point_in_time(id=point_in_time)
