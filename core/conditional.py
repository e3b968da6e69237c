"""The answer to a client that has the current response already."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponseNotModified
from django.utils.http import parse_etags

# Those that RFC 9110, 15.4.5, asks for where the response with status 200 has them, and the other validator.
KEPT_HEADERS = ("Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Vary", "Last-Modified")


def has_current_copy(request: HttpRequest, etag: str, *, exists: bool = True) -> bool:
    """Return whether If-None-Match names the entity tag, weak or not (RFC 9110, 13.1.2), or is `*`, any tag of what `exists`."""
    etags = parse_etags(request.headers.get("If-None-Match", ""))
    if etags == ["*"]:
        return exists
    return etag.removeprefix("W/") in (each.removeprefix("W/") for each in etags)


def not_modified(headers: Mapping[str, str]) -> HttpResponseNotModified:
    """Return a 304 with those of the response's `headers` that caches and browsers update."""
    return HttpResponseNotModified(headers={name: headers[name] for name in KEPT_HEADERS if name in headers})
