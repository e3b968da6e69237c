"""All results of a query as a file."""

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from exports.columns import table_of
from exports.entries import iter_entries
from exports.formats import STREAMED_FORMATS, XLSX, stream_export
from exports.slots import Slot, SlotStream, acquire_slot
from exports.tables import as_xlsx
from exports.views.busy import busy
from indexing.kinds import only_kind
from search.page import export_url, search_url
from search.query import Query
from search.request_parsing import query_from_request

SECONDS_TO_WAIT = 60


@require_safe
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Return all results of the query as a file; invalid parameters are ignored, as on the search page.

    503 if all slots are in use. Raises Http404 for an unknown format.
    """
    if extension != "xlsx" and extension not in STREAMED_FORMATS:
        raise Http404
    query, _ = query_from_request(request)
    if request.method == "HEAD":
        # No file is needed. The response is still a stream, because the cache would store a normal empty response.
        response: HttpResponseBase = StreamingHttpResponse(())
    elif slot := acquire_slot():
        response = _file_response(extension, query, slot)
    else:
        return _busy(request, extension, query)
    response["Content-Type"] = XLSX if extension == "xlsx" else STREAMED_FORMATS[extension].content_type
    kind = only_kind(query.values("kind"))
    content = f"{kind.code}s" if kind else "results"
    name = f"speca-{content}-{timezone.localdate()}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-cache"
    return response


def _file_response(extension: str, query: Query, slot: Slot) -> HttpResponseBase:
    if extension != "xlsx":
        return StreamingHttpResponse(SlotStream(slot, stream_export(STREAMED_FORMATS[extension], query)))
    try:
        kind = only_kind(query.values("kind"))
        sheet = str(kind.label_plural) if kind else gettext("Results")
        return FileResponse(as_xlsx(iter_entries(query), table_of(kind), sheet))
    finally:
        slot.release()  # the file is complete; sending it takes no more than any file


def _busy(request: HttpRequest, extension: str, query: Query) -> HttpResponseBase:
    return busy(
        request,
        gettext(
            "Several lists are being made at the moment. Try again in a minute: these links keep your search."
        ),
        again_url=export_url(query, extension),
        back=(search_url(query), gettext("Back to the search")),
        seconds=SECONDS_TO_WAIT,
    )
