"""A kind that one app has registered, found by every way. Run by tests/indexing/test_toy_kind.py."""

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from django.core.checks import run_checks
from jsonschema_rs import validate
from lxml import etree
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from exports.entries import entries
from exports.fact_table import comparison_groups
from indexing.consistency import check
from insights.finder import Finder
from insights.gaps import matrix
from insights.overview import country_overview, overview, total
from search.engines import engine
from search.query import Query
from search.stored_queries import stored_query_keys, to_store
from tests.api.harvesting import Harvester
from tests.toy_kind.models import Workshop
from tests.toy_kind.pages import a_plain_practice, a_workshop

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
COMMON = {
    "Key",
    "Kind",
    "Kind (code)",
    "Country",
    "Theme (code)",
    "Start year",
    "Address",
    "Permanent address",
}


@pytest.fixture
def practice(tree):
    return a_plain_practice(tree)


@pytest.fixture
def workshop(tree, practice):
    return a_workshop(tree)


def rows(client, query):
    text = client.get(f"/en/search/export.csv?{query}").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def file(client, extension, query, name):
    answer = client.get(f"/en/search/export.{extension}?{query}")
    assert name in answer["Content-Disposition"]
    return answer.getvalue()


def test_it_is_registered_as_the_checks_want_it(workshop):
    assert run_checks() == []


def test_the_search_page_finds_it(client, workshop):
    for language, query, title in (
        ("en", "kind=workshop", workshop.title), ("ru", "q=мачта&kind=workshop", "Мачты для начинающих"),
        ("en", "q=khorog", workshop.title), ("en", "country=TJ", workshop.title),
    ):  # fmt: skip
        page = BeautifulSoup(client.get(f"/{language}/search/?{query}").content, "html.parser")
        (card,) = page.select("article.card")
        assert card.find("a").get_text() == title
        assert card.find("a")["href"] == f"/{language}/masts-for-beginners/"


def test_the_api_finds_it_counts_it_and_gives_it_in_full(client, workshop, practice):
    found = client.get("/api/v1/search").json()
    counts = {
        name: {one["value"]: one["count"] for one in values} for name, values in found["facets"].items()
    }
    assert counts["kind"] == {"practice": 1, "workshop": 1}
    assert (counts["country"], counts["year"]) == ({"KZ": 1, "TJ": 1}, {"2020": 1, "2026": 1})
    (item,) = client.get("/api/v1/search?kind=workshop&lang=ru").json()["items"]
    assert (item["kind"], item["title"], item["status"]) == ("workshop", "Мачты для начинающих", None)
    full = client.get(f"/api/v1/records/{item['key']}").json()
    assert full["facts"] == {
        "seats": 12,
        "format": {"code": "in-person", "label": "In person"},
        "day": "2026-05-06",
    }
    assert full["agenda"] == [{"title": "Climbing", "hour": 9}, {"title": "Lunch", "hour": None}]
    assert full["texts"]["venue"] == "Khorog"
    assert "adopted_by" not in full
    assert "sources" not in full
    assert client.get(f"/api/v1/practices/{item['key']}").status_code == 404
    assert "agenda" not in client.get(f"/api/v1/records/{practice.translation_key}").json()
    named = client.get("/api/v1/vocabularies/kind").json()["codes"]
    assert [code["code"] for code in named] == ["workshop", "practice"]
    described = client.get("/api/v1/openapi.json").json()
    answer = described["paths"]["/api/v1/records/{key}"]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"] | {"components": described["components"]}
    validate(schema, full)
    assert "WorkshopOut" in str(answer)


def test_a_table_has_its_own_columns_where_it_is_asked_for_alone(client, workshop, practice):
    (own,) = rows(client, "kind=workshop")
    assert {
        "Name of the workshop",
        "Seats",
        "Format",
        "Format (code)",
        "Day",
        "Venue",
        "Agenda",
    } | COMMON <= own.keys()
    assert (own["Seats"], own["Format"], own["Day"]) == ("12", "In person", "2026-05-06")
    assert own["Agenda"] == "Climbing, 9; Lunch"
    assert not {"Status", "Financing", "Adopted from"} & own.keys()
    (other,) = rows(client, "kind=practice")
    assert {"Status", "Financing", "Adopted from", "Staff"} | COMMON <= other.keys()
    assert "Seats" not in other
    both = rows(client, "sort=title")
    assert [row["Title"] for row in both] == [workshop.title, practice.title]
    assert both[0].keys() >= COMMON
    assert not {"Seats", "Staff"} & both[0].keys()
    assert rows(client, "kind=practice&kind=workshop&sort=title") == both


def test_every_file_has_it_under_its_types(client, workshop):
    assert file(client, "bib", "kind=workshop", "speca-workshops-").startswith(b"@inproceedings")
    assert file(client, "bib", "", "speca-results-").count(b"url = ") == 2
    assert b"TY  - CONF" in file(client, "ris", "kind=workshop", "speca-workshops-")
    (told,) = json.loads(file(client, "json", "kind=workshop", "speca-workshops-"))
    assert told["facts"]["seats"] == 12
    workbook = load_workbook(io.BytesIO(file(client, "xlsx", "kind=workshop", "speca-workshops-")))
    assert workbook.sheetnames == ["Workshops"]
    assert workbook.active.max_row == 2


def test_a_feed_names_it(client, workshop):
    feed = etree.fromstring(client.get("/en/search/feed/?kind=workshop").content)
    assert feed.findtext(f"{ATOM}title") == "New workshops: Kind: Workshop"
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == workshop.title
    every = etree.fromstring(client.get("/en/search/feed/").content)
    assert every.findtext(f"{ATOM}title").startswith("New records")
    assert len(list(every.iter(f"{ATOM}entry"))) == 2


def test_harvesters_get_it_and_hear_when_it_is_gone(client, workshop):
    harvester = Harvester(client)
    (record,) = harvester.ListRecords(metadataPrefix="oai_dc", set="country:TJ")
    assert record.metadata["type"] == ["Event"]
    assert (set(record.metadata["title"]) == {
        "Masts for beginners", "Мачты для начинающих",
    })  # fmt: skip
    (record,) = harvester.ListRecords(metadataPrefix="datacite", set="country:TJ")
    assert '<resourceType resourceTypeGeneral="Event">Workshop</resourceType>' in record.raw
    assert "Venue: Khorog" in record.raw
    for page in Workshop.objects.all():
        page.unpublish()
    for spec in ("country:TJ", "kind:workshop"):
        (record,) = harvester.ListRecords(metadataPrefix="oai_dc", set=spec)
        assert record.deleted
        assert "kind:workshop" in record.header.setSpecs
    assert client.get("/en/search/export.json?kind=workshop").getvalue() == b"[]\n"


def test_figures_gaps_finder_and_comparison_are_about_practices_alone(client, workshop, practice):
    figures = overview("en", 6)
    assert (figures.total, [item.title for item in figures.newest]) == (1, [practice.title])
    assert (total("en").number, country_overview("TJ", "en").total) == (1, 0)
    made = matrix(Query(), "")
    assert {country.code: country.count for country in made.countries if country.count} == {"KZ": 1}
    assert engine().size(Finder({}, "en").query) == 1
    compare = client.get(f"/en/search/compare/?key={practice.translation_key}&find=masts")
    assert workshop.title not in compare.content.decode()
    for url in (figures.url, total("en").url, *(country.url for country in made.countries)):
        assert "kind=practice" in url


def test_what_is_kept_of_a_query_that_names_no_kind_finds_all_kinds(workshop, practice):
    """The toy is the second kind: whoever stores a query now has seen both."""
    assert to_store(Query(q="masts")) == "q=masts"
    assert stored_query_keys("q=masts&sort=title", "en") == [
        workshop.translation_key,
        practice.translation_key,
    ]
    assert stored_query_keys("q=masts&kind=practice", "en") == [practice.translation_key]


def test_readers_choose_between_the_kinds(client, workshop, practice):
    page = BeautifulSoup(client.get("/en/search/?kind=workshop").content, "html.parser")
    assert {box["value"] for box in page.select("input[name=kind]")} == {"practice", "workshop"}
    assert "kind:workshop" in {chip["value"] for chip in page.select("button[name=without]")}


def test_it_is_cited_and_printed_as_long_as_it_is_public(client, workshop):
    url = f"/en/record/{workshop.translation_key}"
    (record,) = entries([workshop.translation_key], "en")
    (group,) = comparison_groups([record])
    assert {row.label: row.cells[0].values[0].label for row in group.rows if not row.is_text} == {
        "Country": "Tajikistan", "Theme": "Digital skills", "Start year": "2026", "Seats": "12", "Format": "In person",
        "Day": "May 6, 2026",
    }  # fmt: skip
    (item,) = client.get(f"{url}/citation.json").json()
    assert (item["type"], item["title"]) == ("speech", workshop.title)
    brief = client.get(f"{workshop.url}brief.pdf")
    assert (brief.status_code, brief.content[:4]) == (200, b"%PDF")
    PageViewRestriction.objects.create(page=workshop, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/api/v1/search?kind=workshop").json()["items"] == []
    for name in ("citation.json", "brief.pdf"):
        assert client.get(f"{url}/{name}").status_code == 404
    assert client.get(f"/api/v1/records/{workshop.translation_key}").status_code == 404


def test_the_index_says_what_its_pages_say(workshop):
    assert list(check().lines()) == []
