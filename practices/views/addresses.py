"""Old and permanent addresses: they lead to where a practice is read now, or say that it is gone."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from core.alternates import same_address
from core.language_codes import LANGUAGE_CODES
from practices.addresses import Fate, fate, was_at


@require_safe
def permanent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Leads to the practice in the language that the reader's browser asks for; where it is guarded, to the page that asks for
    a password or to sign in. Raises Http404."""
    found = fate(key)
    if found is None:
        raise Http404
    # Not for ever, since it goes by the reader's language.
    target = found.url or found.guarded_url
    return redirect(target) if target else gone(request, found)


def answer_for_missing(request: HttpRequest, key: UUID) -> HttpResponse | None:
    """The same for a file of the practice; None where it never was public. Raises Http404 where it is guarded: there is no
    form for its password."""
    found = fate(key)
    if found is None:
        return None
    if found.guarded_url:
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
            or (key := was_at(request.path)) is None
        ):
            return response
        with override(language):
            found = fate(key)
            if found is None or request.path in (found.url, found.guarded_url):
                return response
            if found.guarded_url:
                return redirect(found.guarded_url)
            return HttpResponsePermanentRedirect(found.url) if found.url else gone(request, found)


def gone(request: HttpRequest, found: Fate) -> HttpResponse:
    """410, and what replaces it."""
    context = {"gone": found, "alternates": same_address(request.path)}
    return render(request, "pages/gone.html", context, status=410)
