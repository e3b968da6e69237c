"""Old and permanent addresses: they lead to where a practice is read now, or say that it is gone."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.wagtail_hooks import check_view_restrictions

from core.alternates import same_address
from core.language_codes import LANGUAGE_CODES
from practices.addresses import Resolution, key_once_at, resolve
from practices.models import PracticePage


@require_safe
def permanent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Leads to the practice in the language that the reader's browser asks for; where it is guarded, asks for its password or to
    sign in. Raises Http404."""
    found = resolve(key)
    if found is None:
        raise Http404
    if found.guarded:
        return door(request, found.guarded)
    # Not for ever, since it goes by the reader's language.
    return redirect(found.url) if found.url else gone(request, found)


def door(request: HttpRequest, page: PracticePage) -> HttpResponse:
    """Ask for what the page asks for, here: its own address has its title in it. Whoever may read it is led there."""
    ask = check_view_restrictions(lambda page, request, args, kwargs: redirect(page.get_url(request)))
    response: HttpResponse = ask(page, request, (), {})
    return response


def answer_for_missing(request: HttpRequest, key: UUID) -> HttpResponse | None:
    """The same for a file of the practice; None where it never was public. Raises Http404 where it is guarded: there is no
    form for its password."""
    found = resolve(key)
    if found is None:
        return None
    if found.guarded:
        raise Http404
    return redirect(found.url) if found.url else gone(request, found)


class FormerAddressMiddleware:
    """An address that is not found may be one at which a practice once was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        language = request.path.split("/", 2)[1]
        if (
            response.status_code != 404
            or language not in LANGUAGE_CODES
            or (key := key_once_at(request.path)) is None
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


def gone(request: HttpRequest, found: Resolution) -> HttpResponse:
    """410, and what replaces it."""
    context = {"gone": found, "alternates": same_address(request.path)}
    return render(request, "pages/gone.html", context, status=410)


def _rendered(response: HttpResponse) -> HttpResponse:
    """Django renders the answer of a view, but none of a middleware."""
    return response.render() if isinstance(response, TemplateResponse) else response
