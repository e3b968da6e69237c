"""The records as documents of a search server: their mapping, and all that is done to an index.

Beside `engines/elastic.py` the only file that knows Elasticsearch. Everything here works with the small distribution too:
no scripts, no update or delete by query, no language analyzers.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import Boolean, Document, Keyword, Long, Short, Text
from elasticsearch.helpers import streaming_bulk

from search.engines.base import EngineAway
from search.facets import FACETS
from search.models import Record

# Sent at once. Large enough to keep the server busy, small enough to be repeated.
BATCH = 500
LARGEST_REQUEST = 10 * 1024 * 1024
SECONDS = 30
LONGEST_MERGE = 600
COMPARED_AT_ONCE = 5_000
CONNECTIONS = 40
# What a rebuild puts behind the alias.
MADE = re.compile(r"-\d{8}-\d{6}-[0-9a-f]{4}")


class PracticeDocument(Document):
    """What is searched and counted of a record. What is shown stays in the record: it is read from there, by key, so
    that nothing is shown which the database knows to be gone."""

    key = Keyword()
    # The record's own version once more, where a comparison can read it without the sources.
    version = Long(index=False)
    removed = Boolean()
    kind = Keyword(eager_global_ordinals=True)
    country = Keyword(eager_global_ordinals=True)
    theme = Keyword(eager_global_ordinals=True)
    sdg = Keyword(eager_global_ordinals=True)
    status = Keyword(eager_global_ordinals=True)
    evidence = Keyword(eager_global_ordinals=True)
    beneficiary = Keyword(eager_global_ordinals=True)
    scope = Keyword(eager_global_ordinals=True)
    type = Keyword(eager_global_ordinals=True)
    language = Keyword(eager_global_ordinals=True)
    year = Keyword(eager_global_ordinals=True)
    tag = Keyword(eager_global_ordinals=True)
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


@dataclass(frozen=True)
class Refusal:
    """A record that the server does not take as it is; sending it again would not help."""

    key: str
    reason: str


@dataclass(frozen=True)
class Sent:
    """What the server has of a record."""

    key: UUID
    version: int
    removed: bool


@cache
def client() -> Elasticsearch:
    """The server of the settings, for work that may wait."""
    trusted = {"ca_certs": settings.ELASTICSEARCH_CA_CERTS} if settings.ELASTICSEARCH_CA_CERTS else {}
    return Elasticsearch(
        settings.ELASTICSEARCH_URL.split(","),
        api_key=settings.ELASTICSEARCH_API_KEY or None,
        **trusted,
        request_timeout=SECONDS,
        # A node that ends takes its questions with it; the next one is asked the same at once.
        max_retries=settings.ELASTICSEARCH_URL.count(","),
        http_compress=False,
        # Beyond them a question would wait for one to be free, without a limit: more than a process may have hanging.
        connections_per_node=CONNECTIONS,
    )


@cache
def hurried(seconds: float) -> Elasticsearch:
    """The same, by the same connections, for a reader who waits no longer than this."""
    return client().options(request_timeout=seconds)


@contextmanager
def away_on_failure() -> Iterator[None]:
    """Whatever a server or the way to it can do wrong is one thing to the rest of the portal: EngineAway; an answer that
    is none, too, so answers are taken apart in here."""
    try:
        yield
    except (ApiError, TransportError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise EngineAway(f"{type(error).__name__}: {error}"[:500]) from error


def index_body() -> dict[str, Any]:
    """Settings and mappings of a new index. A refresh comes when the worker has sent what there is: nothing else may
    make a change findable, since the pages that readers keep are numbered by it."""
    mapping = PracticeDocument._doc_type.mapping.to_dict()
    index = {
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        "refresh_interval": "-1",
    }
    return {"settings": index, "mappings": mapping | {"_meta": {"fingerprint": fingerprint()}}}


def fingerprint() -> str:
    """Changes with the mapping: an index with another one has to be rebuilt."""
    mapping = json.dumps(PracticeDocument._doc_type.mapping.to_dict(), sort_keys=True)
    return hashlib.sha256(mapping.encode()).hexdigest()[:16]


def document(record: Record) -> dict[str, Any]:
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


def create(index: str) -> None:
    with away_on_failure():
        client().indices.create(index=index, **index_body())


def stored_fingerprint(index: str, seconds: float = 0) -> str | None:
    """The fingerprint of an index's mapping, None where there is no such index. Raises EngineAway."""
    with away_on_failure():
        try:
            answer = (hurried(seconds) if seconds else client()).indices.get_mapping(index=index)
        except NotFoundError:
            return None
        (index_mapping,) = answer.body.values()
        mappings: dict[str, Any] = index_mapping["mappings"]
        return str(mappings.get("_meta", {}).get("fingerprint", ""))


def serialized(fields: dict[str, Any]) -> bytes:
    """Return a document as JSON. Raises TypeError here, not inside a request, where a mistake of ours would be taken for an
    outage."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def send(index: str, records: Iterable[Record]) -> list[Refusal]:
    """Send records, each with its version, so that an older one never replaces a newer, whatever the order.

    Returns those that were refused for good. Raises EngineAway where the server could not take one for now.
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


def forget(index: str, gone: Iterable[Sent]) -> None:
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


def _bulk(actions: Iterable[dict[str, Any]]) -> list[Refusal]:
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
        with away_on_failure():
            for fine, result in streaming_bulk(client(), some, **options):
                if not fine:
                    told = next(iter(result.values()))
                    status = told.get("status", 0)
                    # 409: a newer one is there; 404: what should go is gone. 400: it will never be taken.
                    if status in (400, 413):
                        refused.append(Refusal(told["_id"], str(told.get("error"))[:500]))
                    elif status not in (404, 409):
                        raise EngineAway(f"bulk: {status} {told.get('error')}"[:500])
    return refused


def merge(index: str) -> None:
    """Join the parts that many small requests have left: each question looks into every part, and with one instead of six
    it is answered a seventh faster (100,000 records). It takes seconds."""
    with away_on_failure():
        client().options(request_timeout=LONGEST_MERGE).indices.forcemerge(index=index, max_num_segments=1)


def refresh(index: str) -> None:
    """Make what was sent findable. Raises EngineAway, also where only some of it would be."""
    with away_on_failure():
        told = client().indices.refresh(index=index)["_shards"]
        if told["failed"] or not told["successful"]:
            raise EngineAway(f"refresh: {told}"[:500])


def count(index: str) -> int:
    """How many documents, tombstones among them."""
    with away_on_failure():
        return int(client().count(index=index)["count"])


def answering() -> list[str]:
    """The indexes that the alias stands for: one, or none before the first rebuild."""
    with away_on_failure():
        try:
            return sorted(client().indices.get_alias(name=settings.ELASTICSEARCH_INDEX).body)
        except NotFoundError:
            return []


def let_answer(index: str) -> None:
    """Move the alias in one call."""
    alias = settings.ELASTICSEARCH_INDEX
    actions: list[dict[str, Any]] = [
        {"remove": {"index": old, "alias": alias}} for old in answering() if old != index
    ]
    with away_on_failure():
        client().indices.update_aliases(actions=[*actions, {"add": {"index": index, "alias": alias}}])


def ours() -> list[str]:
    """All indexes that a rebuild has made, finished or not."""
    with away_on_failure():
        found = client().indices.get(index=f"{settings.ELASTICSEARCH_INDEX}-*", features="aliases")
        # Not those of another portal on this server whose name begins with ours.
        return sorted(
            name for name in found.body if MADE.fullmatch(name[len(settings.ELASTICSEARCH_INDEX) :])
        )


def remove(index: str) -> None:
    with away_on_failure():
        client().indices.delete(index=index, ignore_unavailable=True)


def versions(index: str, keys: list[UUID]) -> dict[UUID, Sent]:
    """What the index has of these keys at this very moment, findable or not."""
    if not keys:
        return {}
    with away_on_failure():
        told = client().mget(index=index, ids=[str(key) for key in keys], source_includes=["removed"])
    return {
        key: Sent(key, doc["_version"], doc["_source"]["removed"])
        for key, doc in zip(keys, told["docs"], strict=True)
        if doc.get("found")
    }


def contents(index: str) -> Iterator[Sent]:
    """What the index has, by key, from one moment; memory stays flat."""
    with away_on_failure():
        moment = client().open_point_in_time(index=index, keep_alive="5m")["id"]
        after: list[Any] | None = None
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
                    yield Sent(UUID(hit["_id"]), hit["_version"], removed)
                if len(hits) < COMPARED_AT_ONCE:
                    break
                after = hits[-1]["sort"]
        finally:
            client().close_point_in_time(id=moment)
