"""What readers see of collections. Practices are read through their records only, never from their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator

from curation.stored_queries import keys_found
from indexing.models import Record
from search.query import PAGE_SIZE
from search.results import Item, items_for

if TYPE_CHECKING:
    from curation.models import CollectionPage

FIRST_FEW = 3


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


def notes_of(collection: "CollectionPage") -> dict[UUID, str]:
    """The note on each practice picked by hand, by its key, in the curator's order."""
    return {item.practice_key: item.note for item in collection.items.all() if item.practice_key}


def picks(notes: dict[UUID, str], language: str) -> list[Pick]:
    """What was picked by hand, in the order of `notes`, as far as readers may see it."""
    return [Pick(**vars(item), note=notes[item.key]) for item in items_for(list(notes), language)]


def found_beside(notes: dict[UUID, str], collection: "CollectionPage") -> list[UUID]:
    """What the stored query finds now, without what was picked by hand."""
    return [
        key for key in keys_found(collection.question, collection.locale.language_code) if key not in notes
    ]


def page_of(keys: list[UUID], number: str, language: str) -> tuple[ResultPage, list[Item]]:
    """One page of practices; a number that is none gives the first page, one too high the last."""
    page = Paginator(keys, PAGE_SIZE).get_page(number)
    return page, items_for(list(page), language)


def cards(collections: Iterable["CollectionPage"], language: str, *, counted: bool) -> list[Card]:
    """Cards for a reader of `language`. Counting asks every stored query, so it is for a few collections."""
    notes = {collection: notes_of(collection) for collection in collections}
    public = set(Record.objects.by_key(list(chain(*notes.values()))).values_list("key", flat=True))
    keys = {
        collection: [key for key in noted if key in public]
        + (found_beside(noted, collection) if counted else [])
        for collection, noted in notes.items()
    }
    firsts = dict.fromkeys(key for found in keys.values() for key in found[:FIRST_FEW])
    items = {item.key: item for item in items_for(list(firsts), language)}
    return [
        Card(
            title=collection.title,
            summary=collection.intro,
            url=collection.get_url() or "",
            language=collection.locale.language_code,
            items=[items[key] for key in found[:FIRST_FEW] if key in items],
            count=len(found) if counted or not collection.question else None,
        )
        for collection, found in keys.items()
    ]
