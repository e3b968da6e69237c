"""The codes that a query may name, with labels in both languages."""

from django.http import Http404, HttpRequest
from django.utils.translation import override
from ninja import Router, Schema

from api.errors import MissingOut, RefusalOut
from api.operations import read_operation
from api.parameters import FACET
from api.request_parsing import refuse_parameters
from api.uris import Uri
from core.alternates import absolute
from core.language_codes import LANGUAGE_CODES
from indexing.facets import FACETS
from search.engines import engine
from search.labels import labels, top_themes
from search.query import Query

router = Router(tags=["Vocabularies"])


class NamesOut(Schema):
    """The same in both languages."""

    en: str
    ru: str


class FacetOut(Schema):
    """A vocabulary; an `open` one grows with what practices are given (tags, years), so that other codes may be asked for
    too. `address` is where its codes are."""

    facet: str
    labels: NamesOut
    open: bool
    address: Uri


class VocabulariesOut(Schema):
    vocabularies: list[FacetOut]


class CodeOut(Schema):
    """A code; `parent` is the theme that a sub-theme is part of."""

    code: str
    labels: NamesOut
    parent: str | None


class VocabularyOut(FacetOut):
    codes: list[CodeOut]


@read_operation(
    router,
    "/vocabularies",
    VocabulariesOut,
    {422: RefusalOut},
    summary="All vocabularies",
)
def all_vocabularies(request: HttpRequest) -> VocabulariesOut:
    """The facets by which practices are filed, in the order in which the search has them."""
    refuse_parameters(request)
    return VocabulariesOut(vocabularies=[facet_out(facet) for facet in FACETS])


@read_operation(
    router,
    "/vocabularies/{facet}",
    VocabularyOut,
    {404: MissingOut, 422: RefusalOut},
    summary="The codes of a facet",
)
def one_vocabulary(request: HttpRequest, facet: str = FACET) -> VocabularyOut:
    """Every code that the facet has; of tags and years those that public practices have."""
    refuse_parameters(request)
    if facet not in FACETS:
        raise Http404
    codes = list(labels("en")[facet]) if FACETS[facet].pattern is None else _in_use(facet)
    return VocabularyOut(**vars(facet_out(facet)), codes=[_code(facet, code) for code in codes])


def facet_out(facet: str) -> FacetOut:
    labels_by_language = {}
    for language in LANGUAGE_CODES:
        with override(language):
            labels_by_language[language] = str(FACETS[facet].label)
    return FacetOut(
        facet=facet,
        labels=NamesOut(**labels_by_language),
        open=FACETS[facet].pattern is not None,
        address=absolute(f"/api/v1/vocabularies/{facet}"),
    )


def _in_use(facet: str) -> list[str]:
    """Return the codes of public practices; other tags may be used in drafts only."""
    return sorted(engine().search(Query(size=1)).counts[facet])


def _code(facet: str, code: str) -> CodeOut:
    top = top_themes().get(code, code) if facet == "theme" else code
    return CodeOut(
        code=code,
        labels=NamesOut(**{language: labels(language)[facet].get(code, code) for language in LANGUAGE_CODES}),
        parent=None if top == code else top,
    )
