"""Activate the reader's language, from URL, cookie or browser; machine-readable URLs take it from their query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from portal.machines import MACHINE_READABLE_PREFIXES

# URLs without a language: a missing one is a 404 and is not redirected to /en/.
WITHOUT_LANGUAGE = (settings.MEDIA_URL, "/documents/", "/admin/")


class ReadersLanguageMiddleware(LocaleMiddleware):
    """Django's LocaleMiddleware, without redirects and Vary: Accept-Language for machine-readable URLs, so that their
    responses stay cacheable."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(MACHINE_READABLE_PREFIXES):
            with translation.override("en"):
                return self.get_response(request)
        return super().__call__(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(WITHOUT_LANGUAGE):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
