"""URLs of records that no view answers: other spellings redirect, former paths redirect or are 410."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils.translation import override

from core.language_codes import LANGUAGE_CODES
from indexing.former_paths import key_of_former_path
from indexing.permanent import canonical_path, key_of_match
from indexing.resolution import resolve
from indexing.views import gone_response, restriction_response

# 404: no view, or none that knows the key; 422: the API's parser does not read each spelling.
NOT_READ = (404, 422)


class KeySpellingMiddleware:
    """Redirect a path whose key or final slash is spelled in another way to the path of its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in NOT_READ or request.method not in ("GET", "HEAD"):
            return response
        # The spelling is right, and the view does not know the key.
        if response.status_code == 404 and key_of_match(request.resolver_match):
            return response
        path = canonical_path(request.path_info)
        if not path or path == request.path_info:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


class FormerPathMiddleware:
    """Look up a path that gives 404 among the former paths of records."""

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
            resolution = resolve(key)
            current_url = (
                resolution.guarded.get_url(request)
                if resolution and resolution.guarded
                else resolution and resolution.url
            )
            if resolution is None or request.path == current_url:
                return response
            if resolution.guarded:
                return _rendered(restriction_response(request, resolution.guarded))
            return (
                HttpResponsePermanentRedirect(resolution.url)
                if resolution.url
                else gone_response(request, resolution, key)
            )


def _rendered(response: HttpResponse) -> HttpResponse:
    """Render the response if it is a TemplateResponse, which Django does only for responses of views."""
    return response.render() if isinstance(response, TemplateResponse) else response
