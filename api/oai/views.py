"""The address of OAI-PMH."""

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from api.oai.answers import answer

logger = logging.getLogger(__name__)
SECONDS_TO_RETRY = 30


@csrf_exempt  # it changes nothing: POST is only another way to ask
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)  # each answer bears its time
def oai(request: HttpRequest) -> HttpResponse:
    """The arguments of a query or of a form in, a document of the protocol out; 503, as the protocol wants it of a server
    that is busy, where somebody has been saving for long."""
    given = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name, values in given.lists() for value in values]
    try:
        return HttpResponse(answer(pairs), content_type="text/xml; charset=utf-8")
    except OperationalError:
        logger.warning("A harvester was asked to come back.", exc_info=True)
        return HttpResponse(status=503, headers={"Retry-After": str(SECONDS_TO_RETRY)})
