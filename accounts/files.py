"""One rule, and the two views, by which pictures and documents leave the portal.

What a live page under no restriction shows is everybody's. The rest is for who may read such a page or edit it, for whoever
may use the file, and for who was given a signed URL with a draft; to all others it is not there.
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
    HttpResponseNotModified,
)
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from accounts.permissions import may_see_file
from core.file_uses import LONGEST_KEY, is_shown_to_all, live_pages_with
from core.pictures.storage import is_secret_name, is_signed

# A picture that was taken back stays in a reader's browser or a proxy for so many seconds at most.
SECONDS_KEPT = 600


class Access(Enum):
    """For whom an answer may be kept by browsers and proxies."""

    PUBLIC = auto()
    PRIVATE = auto()


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One size of a picture. Originals have no URL, nor have names of before, which could be guessed."""
    renditions = get_image_model().get_rendition_model().objects.select_related("image__collection")
    rendition = renditions.filter(file=name).first() if is_secret_name(name) else None
    if rendition is None:
        raise Http404
    access = (
        Access.PRIVATE if is_signed(name, request.GET.get("signed")) else access_to(request, rendition.image)
    )
    if access is None:
        raise Http404
    return _answer(request, rendition.file, access, etag=name, keep=f"max-age={SECONDS_KEPT}")


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """A document; where it is shown to readers but its collection asks for a password, Wagtail's page that asks for it."""
    documents = get_document_model().objects.select_related("collection")
    file = documents.filter(pk=document_id).first() if len(document_id) <= LONGEST_KEY else None
    if file is None or file.filename != filename:
        raise Http404
    access = access_to(request, file)
    if access is None:
        asked = check_view_restrictions(file, request) if live_pages_with(file).public().exists() else None
        if asked is None:
            raise Http404
        return asked
    response = _answer(request, file.file, access, etag=file.get_file_hash(), keep="no-cache")
    response.headers["Content-Disposition"] = file.content_disposition
    return response


def access_to(request: HttpRequest, file: AbstractImage | AbstractDocument) -> Access | None:
    """Return how this request may have the image or document, None for not at all."""
    if is_shown_to_all(type(file), file.pk):
        return Access.PUBLIC
    if _may_read(request, file) or (request.user.is_authenticated and may_see_file(request.user, file)):
        return Access.PRIVATE
    return None


def _may_read(request: HttpRequest, file: AbstractImage | AbstractDocument) -> bool:
    """Whether this reader has passed what guards the collection and one of the live pages that show the file."""
    guards = file.collection.get_view_restrictions()
    return all(guard.accept_request(request) for guard in guards) and any(
        all(guard.accept_request(request) for guard in page.get_view_restrictions())
        for page in live_pages_with(file)
    )


def _answer(request: HttpRequest, file: Any, access: Access, etag: str, keep: str) -> HttpResponseBase:
    kind = guess_type(file.name)[0] or "application/octet-stream"
    headers = {
        "ETag": quote_etag(etag),
        "Cache-Control": f"public, {keep}" if access is Access.PUBLIC else "private, no-store",
        # A document of somebody's is shown, never run.
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if headers["ETag"] in [tag.removeprefix("W/") for tag in known]:
        return HttpResponseNotModified(headers=headers)
    try:
        opened = file.storage.open(file.name)
    except FileNotFoundError:
        raise Http404 from None
    if not kind.startswith("image/"):
        return FileResponse(opened, content_type=kind, headers=headers)
    with opened:  # some hundred kB at most, so that the browser learns the length
        return HttpResponse(opened.read(), content_type=kind, headers=headers)
