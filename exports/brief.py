"""The brief of a record: a PDF of at most two pages. Needs Pango, a system library; without it there are no briefs, and
everything else works."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import pydyf
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from core.i18n import only_in
from core.release import release
from exports.citations import citations
from exports.entries import Entry
from exports.fact_table import comparison_groups
from indexing.kinds import Label, kind_of

try:
    with redirect_stdout(StringIO()):  # it prints an explanation if Pango is missing
        import weasyprint
except OSError:  # Pango is missing
    weasyprint = None

MAX_PAGES = 2
# PDF/UA-1, for screen readers: tagged, with title and language in the metadata.
PDF_OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
# (characters of each text, number of sources), tried in turn until the brief fits.
LENGTH_LIMITS = ((2_000, 12), (1_100, 10), (650, 8), (300, 3))
# A brief takes a second of CPU time. Each process renders one at a time; one more request waits, others get 503.
MAX_WAITING = 2
SECONDS_TO_WAIT = 10
_places = threading.BoundedSemaphore(MAX_WAITING)
_press = threading.Lock()
SENTENCE_END = re.compile(r"[.!?…][”»)]?(?=\s)")


@dataclass(frozen=True)
class BriefText:
    """A text of the brief with its heading, in paragraphs."""

    name: str
    label: str
    language: str
    paragraphs: list[str]


def can_print() -> bool:
    """Return whether this machine can render briefs."""
    return weasyprint is not None


def brief_address(entry: Entry) -> str:
    """Return the URL of the brief, beside the record's page: search engines take a file below a page for its full text."""
    return f"{entry.address}brief.pdf"


class BriefUnavailable(Exception):
    """Raised while other briefs are being rendered."""


def get_cached_brief(entry: Entry, version: int) -> bytes:
    """Return the brief of this version of the record, made once a day in each process. Raises PressBusy."""
    cache_key = f"brief-{entry.key}-{version}-{get_language()}-{timezone.localdate()}-{release()}"
    if (pdf := cache.get(cache_key)) is None:
        with _rendering_slot():
            if (pdf := cache.get(cache_key)) is None:
                pdf = brief(entry)
                cache.set(cache_key, pdf, timeout=24 * 60 * 60)
    return bytes(pdf)


@contextmanager
def _rendering_slot() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise BriefUnavailable
    try:
        if not _press.acquire(timeout=SECONDS_TO_WAIT):
            raise BriefUnavailable
        try:
            yield
        finally:
            _press.release()
    finally:
        _places.release()


def brief(entry: Entry, **options: object) -> bytes:
    """Return the practice as PDF: headings in the active language, texts in the practice's own.

    `options` are WeasyPrint's, beside PDF_OPTIONS.
    """
    return bytes(render_brief(entry).write_pdf(finisher=_separate_authors, **PDF_OPTIONS, **options))


def _separate_authors(document: "weasyprint.Document", pdf: pydyf.PDF) -> None:
    """Separate authors by semicolons, since names of organisations have commas; WeasyPrint writes commas."""
    if document.metadata.authors:
        pdf.info["Author"] = pydyf.String("; ".join(document.metadata.authors))


def render_brief(entry: Entry) -> "weasyprint.Document":
    """Render the brief with the longest texts that fit on MAX_PAGES."""
    no_fetching = weasyprint.urls.URLFetcher(allowed_protocols=())
    for length, sources in LENGTH_LIMITS:
        page = render_to_string("print/brief.html", brief_context(entry, length, sources))
        document = weasyprint.HTML(string=page, url_fetcher=no_fetching).render(**PDF_OPTIONS)
        if len(document.pages) <= MAX_PAGES:
            break
    return document


def brief_context(entry: Entry, length: int, sources: int) -> dict[str, object]:
    """Return the context of print/brief.html with at most `length` characters of each text and `sources` sources."""
    cited_sources, indicators = entry.parts.get("sources", []), entry.parts.get("indicators", [])
    return {
        "entry": entry,
        "authors": [organisation.name for organisation in (*entry.leads, *entry.partners)],
        "facts": [row for group in comparison_groups([entry]) for row in group.rows if not row.is_text],
        "texts": [
            BriefText(
                name,
                str(label),
                entry.language_of(name),
                truncate_at_sentence(entry.texts.get(name, ""), length).splitlines(),
            )
            for name, label in _headings(entry).items()
            if name in entry.texts or (name == "results" and indicators)
        ],
        "indicators": indicators[:sources],
        "sources": cited_sources[:sources],
        "more_sources": len(cited_sources[sources:]),
        "citations": citations(entry),
        "only_in": only_in(entry.language) if entry.language != get_language() else "",
    }


def _headings(entry: Entry) -> Mapping[str, Label]:
    """Return name -> heading of the texts in a brief of the record's kind."""
    kind = kind_of(entry.kind)
    return kind.brief or {text.name: text.label for text in kind.texts if text.name not in kind.lists}


def truncate_at_sentence(text: str, length: int) -> str:
    """Return the first sentences that fit, or the first words of a long one, with "[…]" where text is omitted."""
    if len(text) <= length:
        return text
    start = text[: length + 1]
    ends = [end.end() for end in SENTENCE_END.finditer(start)]
    if ends and ends[-1] > length // 2:
        return f"{start[: ends[-1]]} […]"
    return f"{start.rsplit(maxsplit=1)[0][:length].rstrip(',;:')} […]"
