"""Former paths: they lead to where a record is read now, or say that it is gone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils.translation import override

from core.language_codes import LANGUAGE_CODES
from indexing.former_paths import key_of_former_path
from indexing.resolution import resolve
from indexing.views import door, gone


class FormerPathMiddleware:
    """A path that is not found may be one at which a record once was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        language = request.path.split("/", 2)[1]
        if (
            response.status_code != 404
            or language not in LANGUAGE_CODES
            or (key := key_of_former_path(request.path)) is None
        ):
            return response
        with override(language):
            found = resolve(key)
            own = found.guarded.get_url(request) if found and found.guarded else found and found.url
            if found is None or request.path == own:
                return response
            if found.guarded:
                return _rendered(door(request, found.guarded))
            return HttpResponsePermanentRedirect(found.url) if found.url else gone(request, found)


def _rendered(response: HttpResponse) -> HttpResponse:
    """Django renders the answer of a view, but none of a middleware."""
    return response.render() if isinstance(response, TemplateResponse) else response
