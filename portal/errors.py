"""Error pages for requests that are rejected before any view, in the reader's language."""

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.users.models import UserProfile

from core.alternates import same_address
from core.refused_forms import mark_refused
from portal.machines import MACHINE_READABLE_PREFIXES

# Views that show a form again with the submitted values after a CSRF failure (core.refused_forms).
FORMS_SHOWN_AGAIN = (
    "enquiries:contact", "enquiries:report", "enquiries:adopted", "alerts:new",
    "enquiries:former-contact", "enquiries:former-report", "enquiries:former-adopted",
)  # fmt: skip
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the error page 400, or 413 for a form that is too large; a line of text for machine-readable URLs.

    It repeats nothing of the request.
    """
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    if request.path.startswith(MACHINE_READABLE_PREFIXES):
        line = "Content Too Large" if status == 413 else "Bad Request"
        return HttpResponse(line, status=status, content_type="text/plain; charset=utf-8")
    language = translation.get_language_from_request(request, check_path=True)
    with translation.override(language):
        return render(request, f"{status}.html", status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the 403 page for an invalid CSRF token (CSRF_FAILURE_VIEW), or the form with the submitted values if its view is
    in FORMS_SHOWN_AGAIN."""
    match = request.resolver_match
    if match and match.view_name in FORMS_SHOWN_AGAIN:
        mark_refused(request)
        form_page: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return form_page
    with translation.override(_language_of(request)):
        context = {"form_url": _form_url(request), "alternates": same_address(request.path)}
        page = render(request, "403_csrf.html", context, status=403)
    add_never_cache_headers(page)
    return page


def _language_of(request: HttpRequest) -> str:
    """Return the language of the URL, or in the admin the user's preferred language."""
    if request.path.startswith("/admin/") and request.user.is_authenticated:
        preferred: str = UserProfile.get_for_user(request.user).get_preferred_language()
        return preferred
    return translation.get_language_from_request(request, check_path=True)


def _form_url(request: HttpRequest) -> str:
    """Return path and query of the page with the form, from the Referer header; '' if it is missing or of another host."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    return urlsplit(referrer)._replace(scheme="", netloc="", fragment="").geturl()
