"""Collections of practices: picks of the secretariat, and the results of a stored query."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from api.errors import MissingOut, RefusalOut
from api.operations import read_operation
from api.parameters import NAME, LanguageParameters, PageParameters
from api.schemas import ItemOut, item_out
from api.uris import Uri
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
    address: Uri


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


@read_operation(
    router,
    "/collections",
    CollectionsOut,
    {422: RefusalOut},
    summary="All collections",
)
def collections(request: HttpRequest, parameters: Query[LanguageParameters]) -> CollectionsOut:
    """The public ones, featured ones first, each in the language that was asked for or else in the other."""
    pages = CollectionPage.objects.readable_for(parameters.lang).in_order().select_related("locale")
    return CollectionsOut(collections=[_summary(page) for page in pages])


@read_operation(
    router,
    "/collections/{name}",
    FullCollectionOut,
    {404: MissingOut, 422: RefusalOut},
    summary="A collection with its practices",
)
def collection(
    request: HttpRequest, parameters: Query[PageParameters], name: str = NAME
) -> FullCollectionOut:
    """What was picked by hand in full, in the curator's order, and 20 at a time what the stored query finds."""
    lang = parameters.lang
    page = CollectionPage.objects.readable_for(lang).named(name).with_items().first()
    if page is None:
        raise Http404
    content = page.content()
    keys = found_beside(content)
    page_keys = keys[(parameters.page - 1) * PAGE_SIZE :][:PAGE_SIZE]
    return FullCollectionOut(
        **vars(_summary(page)),
        picked=[
            PickOut(**item_out(pick).model_dump(), note=pick.note) for pick in picks(content.notes, lang)
        ],
        question=page.question,
        total=len(keys),
        page=parameters.page,
        pages=max(1, -(-len(keys) // PAGE_SIZE)),
        found=[item_out(item) for item in items_for(page_keys, lang)],
    )


def _summary(page: CollectionPage) -> CollectionOut:
    return CollectionOut(
        key=page.translation_key,
        slug=page.slug,
        language=page.locale.language_code,
        title=page.title,
        summary=page.intro,
        address=absolute(page.get_url() or ""),
    )
