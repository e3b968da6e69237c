"""Whose language a page is in: the reader's, told by address, cookie or browser; a machine says it in its query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from portal.machines import FOR_MACHINES

# The same in every language: what is not there is a 404, not to be looked for below /en/.
WITHOUT_LANGUAGE = (settings.MEDIA_URL, "/documents/", "/admin/")


class ReadersLanguageMiddleware(LocaleMiddleware):
    """Django's, for readers only. It would lead a machine that asks for what is not there to /en/, and tell every cache
    that the answer is another for every browser, so that none could be kept."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(FOR_MACHINES):
            with translation.override("en"):
                return self.get_response(request)
        return super().__call__(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(WITHOUT_LANGUAGE):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
