"""A practice for a reference manager: BibTeX and RIS, in the language of its text, by its permanent address."""

import re
from datetime import date

import bibtexparser
import rispy
from bibtexparser.model import Entry as BibEntry
from bibtexparser.model import Field
from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from core.site import portal_name
from exports.entries import Entry

# A circumflex by \string, since parsers take \textasciicircum for a letter's accent.
SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "#$%&_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\string^"}
)
# What TeX would set as one sign: dashes, quotes, turned marks.
LIGATURES = re.compile(r"([-`'<>,])(?=\1)|([!?])(?=`)")
# Line breaks, tabs and control characters; a space that must not break is kept.
BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# As many hexadecimal digits as tell 100,000 practices apart.
SHORT_KEY = 12


class OneRecord(rispy.RisWriter):
    """Without the number that rispy puts before each record; lines end as the format has it."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        return ""


def bibtex(entry: Entry) -> str:
    """The practice as one BibTeX entry, UTF-8, its title and author braced so that no style changes them."""
    on = published(entry)
    fields = {
        "author": f"{{{tex(author(entry))}}}",
        "title": f"{{{tex(entry.title)}}}",
        "howpublished": tex(portal_name(entry.language)),
        "year": str(on.year),
        "date": on.isoformat(),
        "url": entry.permanent,
        "language": entry.title_language,
        "abstract": tex(entry.summary),
        "keywords": tex(", ".join(entry.keywords)),
        "copyright": tex(licence(entry)),
    }
    given = [Field(name, value) for name, value in fields.items() if value]
    return str(
        bibtexparser.write_string(
            bibtexparser.Library([BibEntry(entry.types.bibtex, citation_key(entry), given)])
        )
    )


def ris(entry: Entry) -> str:
    """The practice as one RIS record, each field in a line of its own."""
    on = published(entry)
    fields = {
        "type_of_reference": entry.types.ris,
        "id": citation_key(entry),
        "authors": [plain(author(entry))],
        "title": plain(entry.title),
        "secondary_title": portal_name(entry.language),
        "year": str(on.year),
        "date": on.strftime("%Y/%m/%d"),
        "urls": [entry.permanent],
        "language": entry.title_language,
        "abstract": plain(entry.summary),
        "keywords": [plain(word) for word in entry.keywords],
        "notes": [licence(entry)] if licence(entry) else [],
        "accession_number": str(entry.key),
    }
    return str(
        rispy.dumps([{name: value for name, value in fields.items() if value}], implementation=OneRecord)
    )


def citation_key(entry: Entry) -> str:
    """Country, lead organisation, year, a word of the title and the end of the practice's key, such as
    kz-ministry-2026-schools-3f9c01d2a4b6."""
    country = next((label.code for label in entry.codes["country"]), "")
    words = [country, first_word(author(entry)), str(published(entry).year), first_word(entry.title)]
    return "-".join([word for word in (*map(str.lower, words), entry.key.hex[-SHORT_KEY:]) if word])


def author(entry: Entry) -> str:
    """The lead organisation; the portal where none is named."""
    return entry.organisation or portal_name(entry.language)


def published(entry: Entry) -> date:
    """The day on which a practice came out, as the portal's clock has it."""
    return timezone.localdate(entry.first_published)


def licence(entry: Entry) -> str:
    label = entry.facts.get("content_licence")
    return f"{label.label}, {entry.licence_address}" if label else ""


def first_word(text: str) -> str:
    """The first word of some length, in Latin letters."""
    words: list[str] = slugify(string_to_ascii(text)).replace("_", "-").split("-")
    return next((word for word in words if len(word) > 3), words[0])


def tex(text: str) -> str:
    """The text so that TeX sets each of its characters."""
    # Parted last: its braces are TeX's own.
    return LIGATURES.sub(r"\g<0>{}", plain(text).translate(SPECIAL))


def plain(text: str) -> str:
    """The text in one line, without control characters."""
    return BREAKS.sub(" ", text).strip()
