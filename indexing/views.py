"""Permanent URLs: they lead to where a record is read now, or say that it is gone."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

from core.alternates import same_address
from indexing.resolution import Resolution, resolve

GONE = "pages/gone.html"


@require_safe
def permanent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Leads to the record in the language that the reader's browser asks for; where it is guarded, asks for its password or to
    sign in. Raises Http404."""
    found = resolve(key)
    if found is None:
        raise Http404
    if found.guarded:
        return door(request, found.guarded)
    # Not for ever, since it goes by the reader's language.
    return redirect(found.url) if found.url else gone(request, found)


def door(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask for what the page asks for, here: its own address has its title in it. Whoever may read it is led there."""
    ask = check_view_restrictions(lambda page, request, args, kwargs: redirect(page.get_url(request)))
    response: HttpResponse = ask(page, request, (), {})
    return response


def file_of_missing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer a request for a file of a record that is not public with what became of it. Raises Http404 where it never was, and
    where it is guarded: there is no form for its password."""
    found = resolve(key)
    if found is None or found.guarded:
        raise Http404
    return redirect(found.url) if found.url else gone(request, found)


def gone(request: HttpRequest, found: Resolution) -> HttpResponse:
    """410, and what replaces it."""
    template = found.kind.gone_template if found.kind else GONE
    context = {"gone": found, "alternates": same_address(request.path)}
    return render(request, template, context, status=410)
