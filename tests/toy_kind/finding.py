"""A kind that one app has registered, found by every way. Run by tests/indexing/test_toy_kind.py."""

import csv
import io
import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.checks import run_checks
from django.urls import reverse
from jsonschema_rs import validate
from lxml import etree
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from accounts.models import Role
from accounts.roles import focal_points, focal_points_code
from enquiries.keepers import Keepers, _keepers
from exports.entries import entries
from exports.fact_table import compared
from indexing.consistency import check
from indexing.models import Withdrawal
from insights.finder import Finder
from insights.gaps import matrix
from insights.overview import country_overview, overview, total
from search.engines import engine
from search.query import Query
from search.stored_queries import keys_found, to_store
from tests.api.harvesting import Harvester
from tests.enquiries.messaging import send
from tests.factories import a_practice, a_theme, a_user
from tests.toy_kind.models import Workshop

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
    return a_practice(tree.section("kazakhstan"), title="Masts in the valley", start_year=2020, staff="Two")


@pytest.fixture
def workshop(tree, practice):
    """A workshop in both languages."""
    a_theme("digital-skills")
    fields = {
        "summary": "How villages keep their own network.", "country": "TJ", "theme": "digital-skills", "start_year": 2026,
        "seats": 12, "format": "in-person", "day": date(2026, 5, 6), "venue": "Khorog", "slug": "masts-for-beginners",
        "agenda": [{"title": "Climbing", "hour": 9}, {"title": "Lunch"}],
    }  # fmt: skip
    page = Workshop(title="Masts for beginners", live=False, locale=tree.homes["en"].locale, **fields)
    tree.homes["en"].add_child(instance=page)
    page.save_revision().publish()
    russian = Workshop(
        title="Мачты для начинающих", live=False, locale=tree.homes["ru"].locale,
        translation_key=page.translation_key, **fields,
    )  # fmt: skip
    tree.homes["ru"].add_child(instance=russian)
    russian.save_revision().publish()
    page.refresh_from_db()
    return page


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
    assert full["texts"]["venue"] == "Khorog" and "adopted_by" not in full and "sources" not in full
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
    assert {"Status", "Financing", "Adopted from", "Staff"} | COMMON <= other.keys() and "Seats" not in other
    both = rows(client, "sort=title")
    assert [row["Title"] for row in both] == [workshop.title, practice.title]
    assert both[0].keys() >= COMMON and not {"Seats", "Staff"} & both[0].keys()
    assert rows(client, "kind=practice&kind=workshop&sort=title") == both


def test_every_file_has_it_under_its_types(client, workshop):
    assert file(client, "bib", "kind=workshop", "speca-workshops-").startswith(b"@inproceedings")
    assert file(client, "bib", "", "speca-results-").count(b"url = ") == 2
    assert b"TY  - CONF" in file(client, "ris", "kind=workshop", "speca-workshops-")
    (told,) = json.loads(file(client, "json", "kind=workshop", "speca-workshops-"))
    assert told["facts"]["seats"] == 12
    workbook = load_workbook(io.BytesIO(file(client, "xlsx", "kind=workshop", "speca-workshops-")))
    assert workbook.sheetnames == ["Workshops"] and workbook.active.max_row == 2


def test_a_feed_names_it(client, workshop):
    feed = etree.fromstring(client.get("/en/search/feed/?kind=workshop").content)
    assert feed.findtext(f"{ATOM}title") == "New workshops: Kind: Workshop"
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == workshop.title
    every = etree.fromstring(client.get("/en/search/feed/").content)
    assert (
        every.findtext(f"{ATOM}title").startswith("New records")
        and len(list(every.iter(f"{ATOM}entry"))) == 2
    )


def test_harvesters_get_it_and_hear_when_it_is_gone(client, workshop):
    harvester = Harvester(client)
    (record,) = harvester.ListRecords(metadataPrefix="oai_dc", set="country:TJ")
    assert record.metadata["type"] == ["Event"] and set(record.metadata["title"]) == {
        "Masts for beginners", "Мачты для начинающих",
    }  # fmt: skip
    (record,) = harvester.ListRecords(metadataPrefix="datacite", set="country:TJ")
    assert '<resourceType resourceTypeGeneral="Event">Workshop</resourceType>' in record.raw
    assert "Venue: Khorog" in record.raw
    for page in Workshop.objects.all():
        page.unpublish()
    for spec in ("country:TJ", "kind:workshop"):
        (record,) = harvester.ListRecords(metadataPrefix="oai_dc", set=spec)
        assert record.deleted and "kind:workshop" in record.header.setSpecs
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
    assert keys_found("q=masts&sort=title", "en") == [workshop.translation_key, practice.translation_key]
    assert keys_found("q=masts&kind=practice", "en") == [practice.translation_key]


def test_readers_choose_between_the_kinds(client, workshop, practice):
    page = BeautifulSoup(client.get("/en/search/?kind=workshop").content, "html.parser")
    assert {box["value"] for box in page.select("input[name=kind]")} == {"practice", "workshop"}
    assert "kind:workshop" in {chip["value"] for chip in page.select("button[name=without]")}


def test_it_is_cited_and_printed_as_long_as_it_is_public(client, workshop):
    url = f"/en/record/{workshop.translation_key}"
    (record,) = entries([workshop.translation_key], "en")
    (group,) = compared([record])
    assert {row.label: row.cells[0].values[0].label for row in group.rows if not row.is_text} == {
        "Country": "Tajikistan", "Theme": "Digital skills", "Start year": "2026", "Seats": "12", "Format": "In person",
        "Day": "May 6, 2026",
    }  # fmt: skip
    (item,) = client.get(f"{url}/citation.json").json()
    assert (item["type"], item["title"]) == ("speech", workshop.title)
    brief = client.get(f"{url}/brief.pdf")
    assert (brief.status_code, brief.content[:4]) == (200, b"%PDF")
    PageViewRestriction.objects.create(page=workshop, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/api/v1/search?kind=workshop").json()["items"] == []
    for name in ("citation.json", "brief.pdf"):
        assert client.get(f"{url}/{name}").status_code == 404
    assert client.get(f"/api/v1/records/{workshop.translation_key}").status_code == 404


def test_it_has_a_permanent_url_and_its_former_path_leads_on(client, workshop):
    permanent, former = f"/p/{workshop.translation_key}", workshop.get_url()
    assert client.get(permanent).url == former
    assert client.get(permanent, headers={"accept-language": "ru"}).url == "/ru/masts-for-beginners/"
    workshop.slug = "masts"
    workshop.save_revision().publish()
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (301, "/en/masts/")
    assert client.get(permanent).url == "/en/masts/"


def test_it_is_gone_with_a_reason_once_it_is_withdrawn(client, workshop, practice):
    key, urls = workshop.translation_key, [workshop.get_url(), f"/p/{workshop.translation_key}"]
    for page in Workshop.objects.all():
        page.unpublish()
    files = [f"/en/record/{key}/{name}" for name in ("citation.json", "citation.bib", "brief.pdf")]
    for url in (*urls, *files):
        answer = client.get(url)
        assert answer.status_code == 410, url
        assert (
            "page has been withdrawn" in answer.content.decode()
            and workshop.title not in answer.content.decode()
        )
    Withdrawal.objects.create(page=workshop, replaced_by=practice, reason_en="It took place.")
    for url in (*urls, *files):
        text = client.get(url).content.decode()
        assert "It took place." in text and practice.get_url() in text
    gone = client.get(f"/api/v1/records/{key}")
    assert gone.status_code == 410
    assert (gone.json()["detail"], gone.json()["reason"]) == (
        "This workshop has been withdrawn.",
        "It took place.",
    )
    Withdrawal.objects.update(merged=True)
    assert client.get(urls[0])["Location"] == client.get(urls[1]).url == practice.get_url()


def test_a_message_about_it_reaches_who_answers_for_it_else_the_secretariat(client, workshop, monkeypatch):
    """Nobody is registered for its pages at first."""
    country = Role.objects.group(focal_points_code("TJ"), focal_points("Tajikistan"))
    a_user(country.name, email="focal@example.tj")
    urls = {name: f"/ru/record/{workshop.translation_key}/{name}/" for name in ("contact", "report")}
    for url in urls.values():
        assert send(client, url).status_code == 302
    assert [letter.recipients() for letter in mail.outbox] == [["secretariat@speca.example"]] * 2
    assert workshop.title in mail.outbox[0].subject
    assert "practice:" not in mail.outbox[0].body and workshop.get_url() in mail.outbox[0].body
    mail.outbox.clear()
    keepers = Keepers(contacts=lambda page: {"venue@example.tj"}, country=lambda page: page.country)
    monkeypatch.setitem(_keepers, Workshop, keepers)
    for url in urls.values():
        send(client, url, REMOTE_ADDR="192.0.2.7")  # what one network may send at once is spent
    assert [letter.recipients() for letter in mail.outbox] == [["venue@example.tj"], ["focal@example.tj"]]


def test_the_list_of_withdrawn_pages_takes_pages_of_registered_kinds_only(
    client, workshop, practice, superuser, tree
):
    client.force_login(superuser, backend="accounts.backends.PortalBackend")
    add = reverse("wagtailsnippets_indexing_withdrawal:add")
    offered = client.get(add).content.decode()
    assert "toy_kind.workshop" in offered and "practices.practicepage" in offered
    for page, is_taken in ((workshop, True), (practice, True), (tree.section("kazakhstan"), False)):
        answer = client.post(add, {"page": page.pk, "replaced_by": "", "reason_en": "It took place."})
        assert (answer.status_code == 302) is is_taken, page
    assert set(Withdrawal.objects.values_list("key", flat=True)) == {
        workshop.translation_key,
        practice.translation_key,
    }


def test_the_index_says_what_its_pages_say(workshop):
    assert list(check().lines()) == []
