"""The portal by machine: read-only JSON at /api/v1, described at /api/v1/openapi.json."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from ninja import Router

from api import collections, records, search, vocabularies
from api.description import DescribedAPI
from api.errors import handle_errors

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

api = DescribedAPI()
for part in (search, records, vocabularies, collections):
    api.add_router("", part.router)
handle_errors(api)

nowhere = Router()


@nowhere.api_operation(METHODS, "/{path:rest}", include_in_schema=False)
def nothing_there(request: HttpRequest, rest: str) -> NoReturn:
    """Any other address below: it answers in the API's own form."""
    raise Http404


api.add_router("", nowhere)
