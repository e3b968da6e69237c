"""Files of one record: its citation and its brief as PDF."""

import json
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.alternates import absolute
from core.i18n import active_language
from exports.bibliography import bibtex, ris
from exports.brief import SECONDS_TO_WAIT, BriefUnavailable, brief_address, can_print, get_cached_brief
from exports.citations import csl
from exports.entries import Entry, entry
from exports.views.busy import busy
from indexing.former_paths import key_of_former_path
from indexing.models import Record
from indexing.views import unavailable_file_response


def csl_json(entry: Entry) -> str:
    return json.dumps([csl(entry)], ensure_ascii=False, indent=1)


FORMATS: dict[str, tuple[str, Callable[[Entry], str]]] = {
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl_json),
}


@require_safe
def citation(request: HttpRequest, key: UUID, extension: str) -> HttpResponse:
    """Return the record as a file for reference managers; redirect or 410 if it is not public. Raises Http404."""
    record = entry(key, active_language())
    if record is None:
        return unavailable_file_response(request, key)
    content_type, write = FORMATS[extension]
    return _file(record, write(record), f"{content_type}; charset=utf-8", "attachment", extension)


@require_safe
def record_brief(request: HttpRequest, key: UUID) -> HttpResponse:
    """Redirect to the brief beside the record's page; redirect or 410 if the record is not public. Raises Http404."""
    record = entry(key, active_language())
    if record is None:
        return unavailable_file_response(request, key)
    return HttpResponsePermanentRedirect(brief_address(record))


@require_safe
def brief(request: HttpRequest, page: str) -> HttpResponse:
    """Return the brief of the record that is or was at the path `page` as PDF; 503 while others are rendered.

    A permanent redirect if the record is at another path now; redirect or 410 if it is not public. Raises Http404.
    """
    key = key_of_former_path(f"/{active_language()}/{page}")
    if key is None:
        raise Http404
    # Read before the record, so that a concurrent change cannot be cached under the new version.
    version = Record.objects.filter(key=key).values_list("version", flat=True).first()
    record = entry(key, active_language())
    if record is None:
        return unavailable_file_response(request, key)
    if not can_print():
        raise Http404
    if absolute(request.path) != brief_address(record):
        return HttpResponsePermanentRedirect(brief_address(record))
    try:
        return _file(record, get_cached_brief(record, version or 0), "application/pdf", "inline", "pdf")
    except BriefUnavailable:
        return busy(
            request,
            gettext("Other PDF files are being made just now."),
            again_url=request.path,
            back=(record.address, gettext("Back to the practice")),
            seconds=SECONDS_TO_WAIT,
        )


def _file(
    record: Entry, content: str | bytes, content_type: str, disposition: str, extension: str
) -> HttpResponse:
    name = record.address.rstrip("/").rsplit("/", 1)[-1]
    headers = {"Content-Disposition": f'{disposition}; filename="{name}.{extension}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
