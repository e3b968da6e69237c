"""A practice as BibTeX and RIS for reference managers, in the language of its text, with its permanent URL."""

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

# Braces by their names, since parsers count them whatever stands before.
SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "#$%&_"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
# Character pairs that TeX sets as one sign: dashes, quotes, inverted marks.
LIGATURES = re.compile(r"([-`'<>,])(?=\1)|([!?])(?=`)")
# Line breaks, tabs and control characters, but not no-break spaces.
BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# Hexadecimal digits, enough to distinguish 100,000 practices.
SHORT_KEY = 12
# Around a comma a reader of RIS sees the family name and the first names of a person.
COMMAS = re.compile(r"[\s,]*,[\s,]*")


class OneRecord(rispy.RisWriter):
    """A writer without the number that rispy puts before each record, and with the line endings of the format."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        return ""


def bibtex(entry: Entry) -> str:
    """Return the practice as one BibTeX entry.

    Title and authors are braced so that no style changes their case, or takes an organisation for a person. Partners are in
    no field: BibTeX has none for contributors.
    """
    day = publication_date(entry)
    fields = {
        "author": " and ".join(f"{{{tex(name)}}}" for name in authors(entry)),
        "title": f"{{{tex(entry.title)}}}",
        "howpublished": tex(portal_name(entry.language)),
        "year": str(day.year),
        "date": day.isoformat(),
        "url": entry.permanent,
        "urldate": timezone.localdate().isoformat(),
        "language": entry.title_language,
        "abstract": tex(entry.summary),
        "keywords": tex(", ".join(entry.keywords)),
        "copyright": tex(licence(entry)),
    }
    present = [Field(name, value) for name, value in fields.items() if value]
    return str(
        bibtexparser.write_string(
            bibtexparser.Library([BibEntry(entry.types.bibtex, citation_key(entry), present)])
        )
    )


def ris(entry: Entry) -> str:
    """Return the practice as one RIS record.

    Partners are in no field: what readers make of its further authors (A2, A3, A4) are editors and translators.
    """
    day = publication_date(entry)
    fields = {
        "type_of_reference": entry.types.ris,
        "id": citation_key(entry),
        "authors": [without_commas(plain(name)) for name in authors(entry)],
        "title": plain(entry.title),
        "secondary_title": portal_name(entry.language),
        "year": str(day.year),
        "date": day.strftime("%Y/%m/%d"),
        "urls": [entry.permanent],
        "access_date": f"{timezone.localdate():%Y/%m/%d}",
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
    """Return a key such as kz-ministry-2026-schools-3f9c01d2a4b6: country, lead organisation, year, a word of the title
    and the end of the practice's key."""
    country = next((label.code for label in entry.codes["country"]), "")
    parts = [
        country,
        first_word(authors(entry)[0]),
        str(publication_date(entry).year),
        first_word(entry.title),
    ]
    return "-".join([part for part in (*map(str.lower, parts), entry.key.hex[-SHORT_KEY:]) if part])


def authors(entry: Entry) -> list[str]:
    """Return the names of the lead organisations, or the portal's if there are none."""
    return [lead.name for lead in entry.leads] or [portal_name(entry.language)]


def publication_date(entry: Entry) -> date:
    """Return the date of first publication in the portal's time zone."""
    return timezone.localdate(entry.first_published)


def licence(entry: Entry) -> str:
    label = entry.facts.get("content_licence")
    return f"{label.label}, {entry.licence_address}" if label else ""


def first_word(text: str) -> str:
    """Return the first word of more than three letters, in Latin letters."""
    words: list[str] = slugify(string_to_ascii(text)).replace("_", "-").split("-")
    return next((word for word in words if len(word) > 3), words[0])


def tex(text: str) -> str:
    """Return the text escaped for TeX."""
    # Ligatures are split last: the braces that do it must not be escaped.
    return LIGATURES.sub(r"\g<0>{}", plain(text).translate(SPECIAL))


def without_commas(name: str) -> str:
    """Return the name of an organisation with dashes for its commas, so that RIS and citation tags do not make a person of it.

    Neither has a way to quote a comma: "Directorate of IT Park, Ministry of Digital Technologies" would be imported as
    somebody called "Ministry of Digital Technologies Directorate of IT Park".
    """
    return " – ".join(filter(None, COMMAS.split(name))) or name


def plain(text: str) -> str:
    """Return the text in one line, without control characters."""
    return BREAKS.sub(" ", text).strip()
