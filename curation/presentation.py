"""What readers see of collections. Practices are read through their records only, never from their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator

from indexing.models import Record
from search.query import PAGE_SIZE
from search.results import Item, items_for
from search.stored_queries import keys_found

FIRST_FEW = 3


@dataclass(frozen=True)
class CollectionContent:
    """What a collection page says, as plain values. `notes` are those on the practices picked by hand, by their key, in the
    curator's order; `question` is the stored query, empty where there is none."""

    title: str
    summary: str
    url: str
    language: str
    notes: dict[UUID, str]
    question: str


@dataclass(frozen=True, kw_only=True)
class Pick(Item):
    """A practice picked by hand, and why."""

    note: str


@dataclass(frozen=True)
class Card:
    """A collection at a glance. `items` are its first practices; `count` is None where it was not asked."""

    title: str
    summary: str
    url: str
    language: str
    items: list[Item]
    count: int | None


def picks(notes: dict[UUID, str], language: str) -> list[Pick]:
    """What was picked by hand, in the order of `notes`, as far as readers may see it."""
    return [Pick(**vars(item), note=notes[item.key]) for item in items_for(list(notes), language)]


def found_beside(collection: CollectionContent) -> list[UUID]:
    """What the stored query finds now, without what was picked by hand."""
    found = keys_found(collection.question, collection.language)
    return [key for key in found if key not in collection.notes]


def page_of(keys: list[UUID], number: str, language: str) -> tuple[ResultPage[UUID], list[Item]]:
    """One page of practices; a number that is none gives the first page, one too high the last."""
    page = Paginator(keys, PAGE_SIZE).get_page(number)
    return page, items_for(list(page), language)


def cards(collections: Iterable[CollectionContent], language: str, *, counted: bool) -> list[Card]:
    """Cards for a reader of `language`. Counting asks every stored query, so it is for a few collections."""
    collections = list(collections)
    picked = [key for collection in collections for key in collection.notes]
    public = set(Record.objects.by_key(picked).values_list("key", flat=True))
    keys = [
        [key for key in collection.notes if key in public] + (found_beside(collection) if counted else [])
        for collection in collections
    ]
    firsts = dict.fromkeys(key for found in keys for key in found[:FIRST_FEW])
    items = {item.key: item for item in items_for(list(firsts), language)}
    return [
        Card(
            title=collection.title,
            summary=collection.summary,
            url=collection.url,
            language=collection.language,
            items=[items[key] for key in found[:FIRST_FEW] if key in items],
            count=len(found) if counted or not collection.question else None,
        )
        for collection, found in zip(collections, keys, strict=True)
    ]
