"""What reference managers that nobody here wrote make of the files: citation-js, and pybtex for BibTeX.

All demo practices in both languages, and 200 made of the signs that formats are known to trip over.
"""

import json
from pathlib import Path

import pytest
from django.utils import timezone
from pybtex.database import parse_string

from core.site import portal_name
from exports.bibliography import bibtex, ris
from exports.citations import csl
from tests.exports.entries_to_import import entries_to_import
from tests.exports.reading import DECODER, dashed
from tests.support.clients import run_node

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]
SCRIPT = Path(__file__).parents[1] / "clients" / "citations.js"


@pytest.fixture(scope="module")
def entries():
    return entries_to_import()


def expected(entries, name=str):
    return [
        {
            "title": entry.title,
            "authors": [name(lead.name) for lead in entry.leads],
            "year": 2026,
            "url": entry.permanent,
            "publisher": portal_name(entry.language),
        }
        for entry in entries
    ]


def without_access(items):
    return [{name: value for name, value in item.items() if name != "accessed"} for item in items]


def differing(found, wanted):
    """The first pairs that differ: lists of 240 are no message."""
    assert len(found) == len(wanted)
    return [pair for pair in zip(found, wanted, strict=True) if pair[0] != pair[1]][:3]


def test_citation_js_reads_each_creator_and_all_else(entries):
    files = {
        "bibtex": "\n".join(map(bibtex, entries)),
        "ris": "".join(map(ris, entries)),
        "csl": json.dumps([csl(entry) for entry in entries]),
    }
    read = json.loads(run_node(SCRIPT, json.dumps(files)))
    assert not differing(without_access(read["csl"]), expected(entries))
    assert not differing(without_access(read["bibtex"]), expected(entries))
    assert not differing(without_access(read["ris"]), expected(entries, dashed))
    today = timezone.localdate()
    for format in ("csl", "bibtex"):  # it knows no date of access in RIS
        assert {tuple(item["accessed"]) for item in read[format]} == {(today.year, today.month, today.day)}


def test_pybtex_reads_each_creator_as_one_name_that_is_not_parted(entries):
    items = parse_string("\n".join(map(bibtex, entries)), "bibtex").entries.values()

    def plain(text):
        return DECODER.latex_to_text(text)

    read = [
        {
            "title": plain(item.fields["title"]),
            "authors": [plain(person.last_names[0]) for person in item.persons["author"]],
            "year": int(item.fields["year"]),
            "url": item.fields["url"],
            "publisher": item.fields["howpublished"],
        }
        for item in items
    ]
    assert not differing(read, expected(entries))
    assert {len(person.last_names) for item in items for person in item.persons["author"]} == {1}
    assert {item.fields["urldate"] for item in items} == {timezone.localdate().isoformat()}
