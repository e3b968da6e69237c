"""The OAI-PMH endpoint."""

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from api.oai.answers import answer

logger = logging.getLogger(__name__)
SECONDS_TO_RETRY = 30


@csrf_exempt  # read-only: the protocol requires POST beside GET
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)  # each response contains its time
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a request with a document of the protocol; 503 with Retry-After, as the protocol says, if a long-running
    write blocks the list."""
    parameters = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name, values in parameters.lists() for value in values]
    try:
        return HttpResponse(answer(pairs), content_type="text/xml; charset=utf-8")
    except OperationalError:
        logger.warning("A harvester was asked to come back.", exc_info=True)
        return HttpResponse(status=503, headers={"Retry-After": str(SECONDS_TO_RETRY)})
