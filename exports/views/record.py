"""One record to take away: its reference as a file, its brief as PDF."""

import json
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.i18n import active_language
from exports.bibliography import bibtex, ris
from exports.brief import SECONDS_TO_WAIT, PressBusy, can_print, kept_brief
from exports.citations import csl
from exports.entries import Entry, entry
from exports.views.busy import busy
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
    """The record for reference managers; what became of it where it is not public. Raises Http404."""
    found = entry(key, active_language())
    if found is None:
        return unavailable_file_response(request, key)
    content_type, write = FORMATS[extension]
    return _file(found, write(found), f"{content_type}; charset=utf-8", "attachment", extension)


@require_safe
def record_brief(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record on two pages; what became of it where it is not public; 503 while others are being made. Raises
    Http404."""
    # Before the record is read: a change meanwhile makes this one old.
    version = Record.objects.filter(key=key).values_list("version", flat=True).first()
    found = entry(key, active_language())
    if found is None:
        return unavailable_file_response(request, key)
    if not can_print():
        raise Http404
    try:
        return _file(found, kept_brief(found, version or 0), "application/pdf", "inline", "pdf")
    except PressBusy:
        return busy(
            request,
            gettext("Other PDF files are being made just now."),
            again_url=request.path,
            back=(found.address, gettext("Back to the practice")),
            seconds=SECONDS_TO_WAIT,
        )


def _file(
    found: Entry, content: str | bytes, content_type: str, disposition: str, extension: str
) -> HttpResponse:
    name = found.address.rstrip("/").rsplit("/", 1)[-1]
    headers = {"Content-Disposition": f'{disposition}; filename="{name}.{extension}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
