"""The question by machine: read-only JSON at /api/v1, described at /api/v1/openapi.json."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI, Router

from api.parameters import QUESTION_PARAMETERS, SUGGEST_PARAMETERS, read_question, read_suggest
from api.schemas import AnswerOut, RefusalOut, SuggestionOut, SuggestionsOut, answer_out, notice_out
from search.answer import answer
from search.question import Notice
from search.suggestions import suggestions

router = Router()


class Refused(Exception):
    """The question cannot be answered as it was asked."""

    def __init__(self, notices: list[Notice]) -> None:
        self.notices = notices


@router.get(
    "/search",
    response={200: AnswerOut, 422: RefusalOut},
    summary="Find practices",
    openapi_extra={"parameters": QUESTION_PARAMETERS},
)
def search(request: HttpRequest) -> AnswerOut:
    """Practices that answer a question, with the counts of every facet. The parameters are those of the search page."""
    question, notices, faults = read_question(request)
    if faults:
        raise Refused(faults)
    with translation.override(question.lang):
        return answer_out(answer(question, notices))


@router.get(
    "/suggest",
    response={200: SuggestionsOut, 422: RefusalOut},
    summary="Suggest while typing",
    openapi_extra={"parameters": SUGGEST_PARAMETERS},
)
def suggest(request: HttpRequest) -> SuggestionsOut:
    """Titles, tags and vocabulary that begin as the reader has typed, in either alphabet."""
    typed, lang, faults = read_suggest(request)
    if faults:
        raise Refused(faults)
    with translation.override(lang):
        found = suggestions(typed, lang)
        return SuggestionsOut(suggestions=[SuggestionOut(**vars(suggestion)) for suggestion in found])


api = NinjaAPI(
    title="SPECA good practices",
    version="1",
    urls_namespace="api",
    description="Good practices on digital inclusion, e-resilience and technology transfer. Read-only, no key needed.",
    openapi_url="openapi.json",
    docs_url="docs",
)
api.add_router("", router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    detail = [notice_out(notice).model_dump() for notice in refusal.notices]
    return api.create_response(request, {"detail": detail}, status=422)
