"""The read-only JSON API at /api/v1, described at /api/v1/openapi.json."""

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
def unknown_path(request: HttpRequest, rest: str) -> NoReturn:
    """Answer unknown paths below /api/v1 with a JSON error."""
    raise Http404


api.add_router("", nowhere)
