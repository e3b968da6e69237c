"""The indexes of the search server: make, merge, refresh and remove them, and move the alias."""

import re
from typing import Any

from django.conf import settings
from elasticsearch import NotFoundError

from indexing.documents import RecordDocument, fingerprint
from indexing.errors import EngineUnavailable
from indexing.server import client, client_with_timeout, unavailable_on_failure

LONGEST_MERGE = 600
# The suffix of an index that a rebuild has made: date, time, four random digits.
SUFFIX = re.compile(r"-\d{8}-\d{6}-[0-9a-f]{4}")


def index_body() -> dict[str, Any]:
    """Settings and mappings of a new index. A refresh comes when the worker has sent what there is: nothing else may
    make a change findable, since the pages that readers keep are numbered by it."""
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
    """The fingerprint of an index's mapping, None where there is no such index. Raises EngineUnavailable."""
    with unavailable_on_failure():
        try:
            answer = (client_with_timeout(seconds) if seconds else client()).indices.get_mapping(index=index)
        except NotFoundError:
            return None
        (index_mapping,) = answer.body.values()
        mappings: dict[str, Any] = index_mapping["mappings"]
        return str(mappings.get("_meta", {}).get("fingerprint", ""))


def merge(index: str) -> None:
    """Join the parts that many small requests have left: each query looks into every part, and with one instead of six
    it is answered a seventh faster (100,000 records). It takes seconds."""
    with unavailable_on_failure():
        client().options(request_timeout=LONGEST_MERGE).indices.forcemerge(index=index, max_num_segments=1)


def refresh(index: str) -> None:
    """Make what was sent findable. Raises EngineUnavailable, also where only some of it would be."""
    with unavailable_on_failure():
        told = client().indices.refresh(index=index)["_shards"]
        if told["failed"] or not told["successful"]:
            raise EngineUnavailable(f"refresh: {told}"[:500])


def aliased_indexes() -> list[str]:
    """The indexes that the alias stands for: one, or none before the first rebuild."""
    with unavailable_on_failure():
        try:
            return sorted(client().indices.get_alias(name=settings.ELASTICSEARCH_INDEX).body)
        except NotFoundError:
            return []


def switch_alias(index: str) -> None:
    """Move the alias in one call."""
    alias = settings.ELASTICSEARCH_INDEX
    actions: list[dict[str, object]] = [
        {"remove": {"index": old, "alias": alias}} for old in aliased_indexes() if old != index
    ]
    with unavailable_on_failure():
        client().indices.update_aliases(actions=[*actions, {"add": {"index": index, "alias": alias}}])


def list_indexes() -> list[str]:
    """All indexes that a rebuild has made, finished or not."""
    with unavailable_on_failure():
        found = client().indices.get(index=f"{settings.ELASTICSEARCH_INDEX}-*", features="aliases")
        # Not those of another portal on this server whose name begins with ours.
        return sorted(
            name for name in found.body if SUFFIX.fullmatch(name[len(settings.ELASTICSEARCH_INDEX) :])
        )


def remove(index: str) -> None:
    with unavailable_on_failure():
        client().indices.delete(index=index, ignore_unavailable=True)
