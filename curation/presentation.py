"""Data for the pages of collections. Practices are read from their records only, never from their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator

from indexing.models import Record
from search.query import PAGE_SIZE
from search.results import Item, items_for
from search.stored_queries import stored_query_keys

FIRST_FEW = 3


@dataclass(frozen=True)
class CollectionContent:
    """The content of a collection page as plain values.

    `notes` maps the keys of the picked practices, in the curator's order, to the notes on them; `question` is the stored
    query, '' if there is none.
    """

    title: str
    summary: str
    url: str
    language: str
    notes: dict[UUID, str]
    question: str


@dataclass(frozen=True, kw_only=True)
class Pick(Item):
    """A picked practice with the curator's note."""

    note: str


@dataclass(frozen=True)
class Card:
    """A collection in a list. `items` are its first practices; `count` is None if it was not requested."""

    title: str
    summary: str
    url: str
    language: str
    items: list[Item]
    count: int | None


def picks(notes: dict[UUID, str], language: str) -> list[Pick]:
    """Return the picked practices that are public, in the order of `notes`."""
    return [Pick(**vars(item), note=notes[item.key]) for item in items_for(list(notes), language)]


def found_beside(collection: CollectionContent) -> list[UUID]:
    """Return the keys that the stored query finds now, without the picked practices."""
    keys = stored_query_keys(collection.question, collection.language)
    return [key for key in keys if key not in collection.notes]


def page_of(keys: list[UUID], number: str, language: str) -> tuple[ResultPage[UUID], list[Item]]:
    """Return one page of practices. An invalid number gives the first page, one beyond the end the last."""
    page = Paginator(keys, PAGE_SIZE).get_page(number)
    return page, items_for(list(page), language)


def cards(collections: Iterable[CollectionContent], language: str, *, counted: bool) -> list[Card]:
    """Return the cards for a reader of `language`. `counted` runs every stored query, so use it for few collections only."""
    collections = list(collections)
    picked = [key for collection in collections for key in collection.notes]
    public = set(Record.objects.by_key(picked).values_list("key", flat=True))
    keys = [
        [key for key in collection.notes if key in public] + (found_beside(collection) if counted else [])
        for collection in collections
    ]
    first_keys = dict.fromkeys(key for collection_keys in keys for key in collection_keys[:FIRST_FEW])
    items = {item.key: item for item in items_for(list(first_keys), language)}
    return [
        Card(
            title=collection.title,
            summary=collection.summary,
            url=collection.url,
            language=collection.language,
            items=[items[key] for key in collection_keys[:FIRST_FEW] if key in items],
            count=len(collection_keys) if counted or not collection.question else None,
        )
        for collection, collection_keys in zip(collections, keys, strict=True)
    ]
