"""The access rule for pictures and documents, and the two views that serve them.

A file may be read by:
- everybody, if a live page without a restriction shows it;
- readers who have passed the restriction of a live page that shows it;
- users who have a permission on the file or work on a page whose draft shows it;
- holders of a signed URL (pictures in drafts).
Everybody else gets 404.
"""

from enum import Enum, auto
from mimetypes import guess_type
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from accounts.permissions import may_see_file
from core.conditional import has_current_copy, not_modified
from core.file_uses import LONGEST_KEY, is_shown_to_all, live_pages_with
from core.pictures.storage import is_secret_name, is_signed

# Seconds for which browsers and proxies may keep a picture, and so may show one that has been withdrawn.
SECONDS_KEPT = 600


class Access(Enum):
    """Whether shared caches may keep the response (PUBLIC) or nobody may (PRIVATE)."""

    PUBLIC = auto()
    PRIVATE = auto()


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve one rendition of a picture. Originals and renditions with old, guessable names have no URL."""
    renditions = get_image_model().get_rendition_model().objects.select_related("image__collection")
    rendition = renditions.filter(file=name).first() if is_secret_name(name) else None
    if rendition is None:
        raise Http404
    access = (
        Access.PRIVATE if is_signed(name, request.GET.get("signed")) else access_to(request, rendition.image)
    )
    if access is None:
        raise Http404
    return _file_response(request, rendition.file, access, etag=name, keep=f"max-age={SECONDS_KEPT}")


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Serve a document, or Wagtail's password page if a public page shows it and its collection has a password."""
    documents = get_document_model().objects.select_related("collection")
    file = documents.filter(pk=document_id).first() if len(document_id) <= LONGEST_KEY else None
    if file is None or file.filename != filename:
        raise Http404
    access = access_to(request, file)
    if access is None:
        password_page = (
            check_view_restrictions(file, request) if live_pages_with(file).public().exists() else None
        )
        if password_page is None:
            raise Http404
        return password_page
    response = _file_response(request, file.file, access, etag=file.get_file_hash(), keep="no-cache")
    response.headers["Content-Disposition"] = file.content_disposition
    return response


def access_to(request: HttpRequest, file: AbstractImage | AbstractDocument) -> Access | None:
    """Return how this request may read the image or document, None if it may not."""
    if is_shown_to_all(type(file), file.pk):
        return Access.PUBLIC
    if _may_read(request, file) or (request.user.is_authenticated and may_see_file(request.user, file)):
        return Access.PRIVATE
    return None


def _may_read(request: HttpRequest, file: AbstractImage | AbstractDocument) -> bool:
    """Return whether this reader has passed the restrictions of the collection and of a live page that shows the file."""
    guards = file.collection.get_view_restrictions()
    return all(guard.accept_request(request) for guard in guards) and any(
        all(guard.accept_request(request) for guard in page.get_view_restrictions())
        for page in live_pages_with(file)
    )


def _file_response(request: HttpRequest, file: Any, access: Access, etag: str, keep: str) -> HttpResponseBase:
    kind = guess_type(file.name)[0] or "application/octet-stream"
    headers = {
        # Weak, as the compression makes it.
        "ETag": f"W/{quote_etag(etag)}",
        "Vary": "Accept-Encoding",
        "Cache-Control": f"public, {keep}" if access is Access.PUBLIC else "private, no-store",
        # Scripts in uploaded documents must not run.
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    if has_current_copy(request, headers["ETag"]):
        return not_modified(headers)
    try:
        stream = file.storage.open(file.name)
    except FileNotFoundError:
        raise Http404 from None
    if not kind.startswith("image/"):
        return FileResponse(stream, content_type=kind, headers=headers)
    with stream:  # some hundred kB at most, so that the browser learns the length
        return HttpResponse(stream.read(), content_type=kind, headers=headers)
