"""The answer to a client that has the current response already."""

from collections.abc import Mapping

from django.http import HttpResponseNotModified

# Those that RFC 9110, 15.4.5, asks for where the response with status 200 has them, and the other validator.
KEPT_HEADERS = ("Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Vary", "Last-Modified")


def not_modified(headers: Mapping[str, str]) -> HttpResponseNotModified:
    """Return a 304 with those of the response's `headers` that caches and browsers update."""
    return HttpResponseNotModified(headers={name: headers[name] for name in KEPT_HEADERS if name in headers})
