"""The address of OAI-PMH."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from api.oai.answers import answer


@csrf_exempt  # it changes nothing: POST is only another way to ask
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)  # each answer bears its time
def oai(request: HttpRequest) -> HttpResponse:
    """The arguments of a query or of a form in, a document of the protocol out."""
    given = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name, values in given.lists() for value in values]
    return HttpResponse(answer(pairs), content_type="text/xml; charset=utf-8")
