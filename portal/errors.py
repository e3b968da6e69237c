"""The page for a request that cannot be understood, in the reader's language, like the portal's other error pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from portal.middleware.languages import FOR_MACHINES


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page, 400; a line of text for machines. It repeats nothing of the request."""
    if request.path.startswith(FOR_MACHINES):
        return HttpResponse("Bad Request", status=400, content_type="text/plain; charset=utf-8")
    language = translation.get_language_from_request(request, check_path=True)
    with translation.override(language):
        return render(request, "400.html", status=400)
