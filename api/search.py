"""Search and autocomplete suggestions."""

from django.http import HttpRequest
from django.utils import translation
from ninja import Query, Router

from api.errors import RefusalOut
from api.operations import read_operation
from api.parameters import QUERY_PARAMETERS, SuggestParameters
from api.request_parsing import read_query
from api.schemas import AnswerOut, SuggestionsOut, answer_out, suggestion_out
from search.query import LONGEST_TEXT
from search.results import results_for
from search.suggestions import suggestions

router = Router(tags=["Search"])


@read_operation(
    router,
    "/search",
    AnswerOut,
    {422: RefusalOut},
    summary="Find practices",
    parameters=QUERY_PARAMETERS,
)
def search(request: HttpRequest) -> AnswerOut:
    """Practices that answer a query, with the counts of every facet. The parameters are those of the search page."""
    query, notices = read_query(request)
    with translation.override(query.lang):
        return answer_out(results_for(query, notices))


@read_operation(
    router,
    "/suggest",
    SuggestionsOut,
    {422: RefusalOut},
    summary="Suggest while typing",
)
def suggest(request: HttpRequest, parameters: Query[SuggestParameters]) -> SuggestionsOut:
    """Titles, tags and vocabulary that begin as the reader has typed, in either alphabet."""
    with translation.override(parameters.lang):
        matches = suggestions(parameters.q[:LONGEST_TEXT], parameters.lang)
        return SuggestionsOut(suggestions=[suggestion_out(suggestion) for suggestion in matches])
