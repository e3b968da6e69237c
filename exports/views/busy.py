"""The page shown while too many files are being created."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def busy(
    request: HttpRequest, reason: str, *, again_url: str, back: tuple[str, str], seconds: int
) -> HttpResponse:
    """Return the page with status 503; Retry-After is `seconds`. `back` is (URL, label)."""
    url, label = back
    context = {"reason": reason, "again_url": again_url, "back": {"url": url, "label": label}}
    response = render(request, "pages/busy.html", context, status=503)
    response["Retry-After"], response["Cache-Control"] = str(seconds), "no-store"
    return response
