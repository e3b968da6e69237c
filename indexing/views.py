"""Permanent URLs: redirect to the current page of a record, or answer 410."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

from core.alternates import same_address
from core.i18n import active_language
from indexing.former_paths import FormerPath
from indexing.resolution import Resolution, resolve

GONE_TEMPLATE = "pages/gone.html"


@require_safe
def permanent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Redirect to the record in the language of the reader's browser; ask for a password or to sign in if it is restricted.

    Raises Http404.
    """
    resolution = resolve(key)
    if resolution is None:
        raise Http404
    if resolution.guarded:
        return restriction_response(request, resolution.guarded)
    # A temporary redirect, since the target depends on the reader's language.
    return redirect(resolution.url) if resolution.url else gone_response(request, resolution, key)


def restriction_response(request: HttpRequest, page: Page) -> HttpResponse:
    """Return the page's password form or a redirect to sign in; a reader who has access is redirected to the page.

    Shown at the permanent URL, because the URL of the page contains its title.
    """
    view = check_view_restrictions(lambda page, request, args, kwargs: redirect(page.get_url(request)))
    response: HttpResponse = view(page, request, (), {})
    return response


def unavailable_file_response(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer a request for a file of a record that is not public: redirect or 410.

    Raises Http404 if it was never public, or if it is restricted (a file has no password form).
    """
    resolution = resolve(key)
    if resolution is None or resolution.guarded:
        raise Http404
    return redirect(resolution.url) if resolution.url else gone_response(request, resolution, key)


def gone_response(request: HttpRequest, resolution: Resolution, key: UUID) -> HttpResponse:
    """Return a page with status 410 that names the replacement."""
    template = resolution.kind.gone_template if resolution.kind else GONE_TEMPLATE
    # The permanent URL has no language, so its language switch leads to where the record was.
    alternates = same_address(request.path) or same_address(
        f"/{active_language()}/{FormerPath.objects.last_of(key)}"
    )
    return render(request, template, {"gone": resolution, "alternates": alternates}, status=410)
