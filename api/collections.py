"""Collections of practices: what the secretariat picked, and what a stored query finds beside it."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from api.errors import MissingOut, RefusalOut
from api.operations import reads
from api.parameters import LANG, NAME, PAGE
from api.request_parsing import read_only
from api.schemas import ItemOut, item_out
from core.alternates import absolute
from curation.models import CollectionPage
from curation.presentation import found_beside, picks
from search.query import PAGE_SIZE
from search.results import items_for

router = Router(tags=["Collections"])


class CollectionOut(Schema):
    """A collection at a glance; `language` is that of its texts, the one asked for where there is one."""

    key: UUID
    slug: str
    language: str
    title: str
    summary: str
    address: str


class CollectionsOut(Schema):
    collections: list[CollectionOut]


class PickOut(ItemOut):
    """A practice picked by hand, and why."""

    note: str


class FullCollectionOut(CollectionOut):
    """`question` is the stored query, `found` a page of what it finds now beside what was picked; `total`
    and `pages` are of that."""

    picked: list[PickOut]
    question: str
    total: int
    page: int
    pages: int
    found: list[ItemOut]


@reads(
    router,
    "/collections",
    CollectionsOut,
    {422: RefusalOut},
    summary="All collections",
    parameters=[LANG],
)
def collections(request: HttpRequest) -> CollectionsOut:
    """The public ones, featured ones first, each in the language that was asked for or else in the other."""
    lang = read_only(request, "lang").lang
    pages = CollectionPage.objects.readable_for(lang).in_order().select_related("locale")
    return CollectionsOut(collections=[_at_a_glance(page) for page in pages])


@reads(
    router,
    "/collections/{name}",
    FullCollectionOut,
    {404: MissingOut, 422: RefusalOut},
    summary="A collection with its practices",
    parameters=[PAGE, LANG],
)
def collection(request: HttpRequest, name: str = NAME) -> FullCollectionOut:
    """What was picked by hand in full, in the curator's order, and 20 at a time what the stored query finds."""
    query = read_only(request, "page", "lang")
    page = CollectionPage.objects.readable_for(query.lang).named(name).with_items().first()
    if page is None:
        raise Http404
    content = page.content()
    keys = found_beside(content)
    shown = keys[query.offset :][:PAGE_SIZE]
    return FullCollectionOut(
        **vars(_at_a_glance(page)),
        picked=[
            PickOut(**item_out(pick).model_dump(), note=pick.note)
            for pick in picks(content.notes, query.lang)
        ],
        question=page.question,
        total=len(keys),
        page=query.page,
        pages=max(1, -(-len(keys) // PAGE_SIZE)),
        found=[item_out(item) for item in items_for(shown, query.lang)],
    )


def _at_a_glance(page: CollectionPage) -> CollectionOut:
    return CollectionOut(
        key=page.translation_key,
        slug=page.slug,
        language=page.locale.language_code,
        title=page.title,
        summary=page.intro,
        address=absolute(page.get_url() or ""),
    )
