"""Each lead organisation is a creator of its own, each partner a contributor, in every format that knows them."""

import json

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape
from lxml import etree

from exports.bibliography import bibtex, ris
from exports.brief import brief, brief_context, render_brief
from exports.citations import citations, csl
from exports.metadata import highwire, linked_data
from tests.factories import a_practice
from tests.factories.entries import an_entry, led_by
from tests.support.reading import page_of

pytestmark = pytest.mark.sqlite_suffices
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ROR = "https://ror.org/02mhbdp94"
LEADS = ("Directorate of IT Park, Ministry of Digital Technologies", "Village; of Kochkor")
# As one author each to Zotero, which splits at both marks.
TAGGED = ["Directorate of IT Park – Ministry of Digital Technologies", "Village – of Kochkor"]
ENTRY = an_entry(**led_by(*LEADS, partners=("University & Sons",)))


def test_reference_managers_get_each_by_itself():
    assert csl(ENTRY)["author"] == [{"literal": name} for name in LEADS]
    assert csl(ENTRY)["contributor"] == [{"literal": "University & Sons"}]
    authors = "{Directorate of IT Park, Ministry of Digital Technologies} and {Village; of Kochkor}"
    assert f"author = {{{authors}}}" in bibtex(ENTRY)
    lines = ris(ENTRY).splitlines()
    # With its comma Zotero takes it for a person.
    assert [line for line in lines if line.startswith("AU")] == [
        "AU  - Directorate of IT Park – Ministry of Digital Technologies", "AU  - Village; of Kochkor"
    ]  # fmt: skip
    assert [value for name, value in highwire(ENTRY) if name == "citation_author"] == TAGGED


def test_a_citation_names_all_of_them_once():
    for citation in citations(ENTRY):
        for name in LEADS:
            assert citation.text.count(name) == 1, citation
        assert "University" not in citation.text


def test_linked_data_identifies_them():
    organisations = [
        {"role": "lead", "name": "Ministry", "ror": ROR, "url": "https://ministry.example"},
        {"role": "lead", "name": "Agency"},
        {"role": "partner", "name": "University", "ror": ROR},
    ]
    told = json.loads(linked_data(an_entry(parts={"organisations": organisations})))
    assert told["author"] == [
        {"@type": "Organization", "@id": ROR, "name": "Ministry", "url": "https://ministry.example"},
        {"@type": "Organization", "name": "Agency"},
    ]
    assert told["contributor"] == [{"@type": "Organization", "@id": ROR, "name": "University"}]


def test_a_brief_names_leads_and_partners_to_readers_and_in_its_properties():
    names = [*LEADS, "University & Sons"]
    assert render_brief(ENTRY).metadata.authors == names
    # Acrobat and the like part authors at semicolons; at a comma, names would fall to pieces.
    said = f"/Author ({'; '.join(names)})".encode()
    assert said in brief(ENTRY, uncompressed_pdf=True)
    told = render_to_string("print/brief.html", brief_context(ENTRY, 500, 3))
    assert [name for name in names if escape(name) not in told] == []


@pytest.mark.django_db
def test_page_and_feed_have_each_of_them(client, tree):
    page = a_practice(
        tree.section(), organisations=[*(("lead", {"name": name}) for name in LEADS), ("partner", {"name": "University"})]
    )  # fmt: skip
    head = page_of(client, page.url).head
    assert [tag["content"] for tag in head.find_all("meta", {"name": "citation_author"})] == TAGGED
    feed = etree.fromstring(client.get("/en/search/feed/").content)
    assert [name.text for name in feed.findall("a:entry/a:author/a:name", ATOM)] == list(LEADS)
