"""robots.txt: what crawlers may read.

Search pages with a query are an endless number of combinations; the search page itself, the finder, the matrix and the feeds may
be read. What must not be listed by search engines but may be read says `noindex` itself: a crawler cannot read it on a page
that is disallowed here.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.language_codes import LANGUAGE_CODES
from search.page import CORRECT_PARAMETER
from search.query import FINDING

PARAMETERS = (*FINDING, "sort", "page", CORRECT_PARAMETER)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"languages": LANGUAGE_CODES, "parameters": PARAMETERS}
    return render(request, "robots.txt", context, content_type="text/plain")
