"""The indexes of the search server: create, merge, refresh and remove them, and move the alias."""

import re
from typing import Any

from django.conf import settings
from elasticsearch import NotFoundError

from indexing.documents import RecordDocument, fingerprint
from indexing.errors import EngineUnavailable
from indexing.server import client, client_with_timeout, unavailable_on_failure

LONGEST_MERGE = 600
# The suffix of an index created by a rebuild: date, time, four random digits.
SUFFIX = re.compile(r"-\d{8}-\d{6}-[0-9a-f]{4}")


def index_body() -> dict[str, Any]:
    """Return settings and mappings of a new index.

    Automatic refresh is off: only the worker refreshes, after sending, because cached pages depend on its position.
    """
    mapping = RecordDocument._doc_type.mapping.to_dict()
    index = {
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        "refresh_interval": "-1",
    }
    return {"settings": index, "mappings": mapping | {"_meta": {"fingerprint": fingerprint()}}}


def create(index: str) -> None:
    with unavailable_on_failure():
        client().indices.create(index=index, **index_body())


def stored_fingerprint(index: str, seconds: float = 0) -> str | None:
    """Return the fingerprint of an index's mapping, None if there is no such index. Raises EngineUnavailable."""
    with unavailable_on_failure():
        try:
            response = (client_with_timeout(seconds) if seconds else client()).indices.get_mapping(
                index=index
            )
        except NotFoundError:
            return None
        (index_mapping,) = response.body.values()
        mappings: dict[str, Any] = index_mapping["mappings"]
        return str(mappings.get("_meta", {}).get("fingerprint", ""))


def merge(index: str) -> None:
    """Merge the segments left by many small requests into one.

    A query visits every segment: with one instead of six it is a seventh faster (100,000 records). Takes some seconds.
    """
    with unavailable_on_failure():
        client().options(request_timeout=LONGEST_MERGE).indices.forcemerge(index=index, max_num_segments=1)


def refresh(index: str) -> None:
    """Make all sent documents searchable. Raises EngineUnavailable, also if only some shards succeed."""
    with unavailable_on_failure():
        shards = client().indices.refresh(index=index)["_shards"]
        if shards["failed"] or not shards["successful"]:
            raise EngineUnavailable(f"refresh: {shards}"[:500])


def aliased_indexes() -> list[str]:
    """Return the indexes behind the alias: one, or none before the first rebuild."""
    with unavailable_on_failure():
        try:
            return sorted(client().indices.get_alias(name=settings.ELASTICSEARCH_INDEX).body)
        except NotFoundError:
            return []


def switch_alias(index: str) -> None:
    """Move the alias to the index in one call."""
    alias = settings.ELASTICSEARCH_INDEX
    actions: list[dict[str, object]] = [
        {"remove": {"index": old, "alias": alias}} for old in aliased_indexes() if old != index
    ]
    with unavailable_on_failure():
        client().indices.update_aliases(actions=[*actions, {"add": {"index": index, "alias": alias}}])


def list_indexes() -> list[str]:
    """Return all indexes created by rebuilds, finished or not."""
    with unavailable_on_failure():
        response = client().indices.get(index=f"{settings.ELASTICSEARCH_INDEX}-*", features="aliases")
        # The wildcard also matches indexes of another portal whose alias begins with ours.
        return sorted(
            name for name in response.body if SUFFIX.fullmatch(name[len(settings.ELASTICSEARCH_INDEX) :])
        )


def remove(index: str) -> None:
    with unavailable_on_failure():
        client().indices.delete(index=index, ignore_unavailable=True)
