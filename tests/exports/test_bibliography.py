"""What reference managers read is what the practice says, each field of it, whatever signs it has."""

from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from core.labels import Label
from exports.bibliography import bibtex, ris
from tests.exports.reading import DECODER, dashed
from tests.factories.entries import an_entry, led_by

pytestmark = pytest.mark.sqlite_suffices

SIGNS = "#$%&_{}~^\\\"'`@=,;-<>!?*|/ aZйЁ«»–—\u00a0"
CHARACTERS = st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
TEXTS = st.text(CHARACTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
NASTY = r"""100 % of {rural} schools & "C:\new_line" -- it's ~$5^2 #1 @misc{x, ``so''? <<Ёлка>> \url{x} \\"""


def read_bibtex(text):
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware(decoder=DECODER)])
    assert not library.failed_blocks
    return [
        {"key": entry.key} | {field.key: field.value for field in entry.fields} for entry in library.entries
    ]


def entries_of(title, organisations, summary, word):
    plain = an_entry()
    return an_entry(
        title=title,
        summary=summary,
        **led_by(*organisations),
        codes=plain.codes | {"tag": [Label("x", word)]},
    )


ENTRIES = st.builds(entries_of, TEXTS, st.lists(TEXTS, min_size=1, max_size=3), TEXTS, TEXTS)


@given(ENTRIES)
@example(entries_of(NASTY, ["A; B", NASTY], NASTY, NASTY))
def test_bibtex_gives_every_field_back(entry):
    (read,) = read_bibtex(bibtex(entry))
    assert read.pop("key").endswith("-3f9c01d2a4b6")
    assert read == {
        "author": " and ".join(lead.name for lead in entry.leads),
        "title": entry.title,
        "howpublished": "SPECA good practices",
        "year": "2026",
        "date": "2026-03-06",
        "url": entry.permanent,
        "urldate": timezone.localdate().isoformat(),
        "language": "en",
        "abstract": entry.summary,
        "keywords": ", ".join(["Digital skills", "Kazakhstan", "Kyrgyzstan", entry.keywords[-1]]),
        "copyright": "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
    }


@given(ENTRIES)
@example(entries_of(NASTY, ["A; B", NASTY], NASTY, NASTY))
def test_ris_gives_every_field_back(entry):
    (read,) = rispy.loads(ris(entry))
    assert read.pop("id").endswith("-3f9c01d2a4b6")
    assert read == {
        "type_of_reference": "ELEC",
        "authors": [dashed(lead.name) for lead in entry.leads],
        "title": entry.title,
        "secondary_title": "SPECA good practices",
        "year": "2026",
        "date": "2026/03/06",
        "urls": [entry.permanent],
        "access_date": f"{timezone.localdate():%Y/%m/%d}",
        "language": "en",
        "abstract": entry.summary,
        "keywords": entry.keywords,
        "notes": ["CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"],
        "accession_number": str(entry.key),
    }


@pytest.mark.parametrize("lines", ["One\nTY  - two\r\nER  - ", "One\u2028two\x00 \x0b three\t"])
def test_what_would_break_a_line_is_a_space(lines):
    (read,) = rispy.loads(ris(an_entry(summary=lines)))
    (read_too,) = read_bibtex(bibtex(an_entry(summary=lines)))
    assert read["abstract"] == read_too["abstract"]
    assert not set("\n\r\t\x00\x0b\u2028") & set(read["abstract"])


def test_a_key_says_country_organisation_year_and_title_in_latin_letters():
    entry = an_entry(title="«Школа» в сети", texts={"lead_organisation": "Министерство связи"})
    (read,) = read_bibtex(bibtex(entry))
    assert read["key"] == "kz-ministerstvo-2026-shkola-3f9c01d2a4b6"
    bare = replace(
        entry, title="№?", texts={}, codes=entry.codes | {"country": []}, facts={}, summary="", language="ru"
    )
    (read,) = read_bibtex(bibtex(bare))
    assert (read["key"], read["author"]) == ("peredovoy-2026-no-3f9c01d2a4b6", "Передовой опыт СПЕКА")
    assert {"abstract", "copyright"}.isdisjoint(read)
