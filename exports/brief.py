"""The brief of a record: two pages of paper at most, as PDF, from its record. Needs Pango, which is no Python package;
without it there are no briefs, and everything else works."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO

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
    with redirect_stdout(StringIO()):  # where it would explain itself in front of what a command has to say
        import weasyprint
except OSError:  # Pango is missing
    weasyprint = None

MOST_PAGES = 2
# With its structure, for those who hear it.
WRITTEN = {"pdf_tags": True}
# Characters of each text and number of sources, tried in turn until the brief fits.
MEASURES = ((2_000, 12), (1_100, 10), (650, 8), (300, 3))
# A brief takes a second of a processor: one is made at a time in each process, one request waits, others are told to come back.
MOST_WAITING = 2
SECONDS_TO_WAIT = 10
_places = threading.BoundedSemaphore(MOST_WAITING)
_press = threading.Lock()
SENTENCE_END = re.compile(r"[.!?…][”»)]?(?=\s)")


@dataclass(frozen=True)
class Part:
    """A text under its heading, in paragraphs."""

    name: str
    label: str
    language: str
    paragraphs: list[str]


def can_print() -> bool:
    """Whether this machine can make briefs."""
    return weasyprint is not None


class PressBusy(Exception):
    """Other briefs are being made."""


def kept_brief(entry: Entry, version: int) -> bytes:
    """Return the brief of this version of the record, made once a day in each process. Raises PressBusy."""
    name = f"brief-{entry.key}-{version}-{get_language()}-{timezone.localdate()}-{release()}"
    if (kept := cache.get(name)) is None:
        with _turn():
            if (kept := cache.get(name)) is None:
                kept = brief(entry)
                cache.set(name, kept, timeout=24 * 60 * 60)
    return bytes(kept)


@contextmanager
def _turn() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise PressBusy
    try:
        if not _press.acquire(timeout=SECONDS_TO_WAIT):
            raise PressBusy
        try:
            yield
        finally:
            _press.release()
    finally:
        _places.release()


def brief(entry: Entry) -> bytes:
    """The practice as PDF for a reader of the active language: headings in it, texts in the practice's own."""
    return bytes(laid_out(entry).write_pdf(**WRITTEN))


def laid_out(entry: Entry) -> "weasyprint.Document":
    """The pages of the brief, with as much of the practice as they hold."""
    fetch_nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    for length, sources in MEASURES:
        page = render_to_string("print/brief.html", brief_context(entry, length, sources))
        document = weasyprint.HTML(string=page, url_fetcher=fetch_nothing).render(**WRITTEN)
        if len(document.pages) <= MOST_PAGES:
            break
    return document


def brief_context(entry: Entry, length: int, sources: int) -> dict[str, object]:
    """The context of print/brief.html, with so many characters of each text and so many sources."""
    named, indicators = entry.parts.get("sources", []), entry.parts.get("indicators", [])
    return {
        "entry": entry,
        "facts": [row for group in comparison_groups([entry]) for row in group.rows if not row.is_text],
        "texts": [
            Part(
                name,
                str(label),
                entry.language_of(name),
                shortened(entry.texts.get(name, ""), length).splitlines(),
            )
            for name, label in _headings(entry).items()
            if name in entry.texts or (name == "results" and indicators)
        ],
        "indicators": indicators[:sources],
        "sources": named[:sources],
        "more_sources": len(named[sources:]),
        "citations": citations(entry),
        "only_in": only_in(entry.language) if entry.language != get_language() else "",
    }


def _headings(entry: Entry) -> Mapping[str, Label]:
    """Return the texts of a brief with their headings, as the record's kind has them."""
    kind = kind_of(entry.kind)
    return kind.brief or {text.name: text.label for text in kind.texts if text.name not in kind.lists}


def shortened(text: str, length: int) -> str:
    """Its first sentences, or the first words of a long one, with a mark of what was left out."""
    if len(text) <= length:
        return text
    start = text[: length + 1]
    ends = [end.end() for end in SENTENCE_END.finditer(start)]
    if ends and ends[-1] > length // 2:
        return f"{start[: ends[-1]]} […]"
    return f"{start.rsplit(maxsplit=1)[0][:length].rstrip(',;:')} […]"
