"""The page for whoever asks for a file while others are being made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def busy(
    request: HttpRequest, reason: str, *, again_url: str, back: tuple[str, str], seconds: int
) -> HttpResponse:
    """Return the page, 503; it may be asked again in so many seconds. `back` is (URL, words)."""
    url, label = back
    context = {"reason": reason, "again_url": again_url, "back": {"url": url, "label": label}}
    response = render(request, "pages/busy.html", context, status=503)
    response["Retry-After"], response["Cache-Control"] = str(seconds), "no-store"
    return response
