"""One query, every way to use its answer: all name the same practices, and none of them what is not public."""

import csv
import io
import json
import re
from uuid import UUID

import bibtexparser
import pytest
import rispy
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from lxml import etree
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from alerts import jobs
from alerts.models import Subscription
from indexing.models import Record
from search.engines import engine
from search.query import Query
from tests.api.harvesting import Harvester
from tests.factories import a_beneficiary, a_country, a_practice, a_practice_type, a_theme, an_sdg
from tests.factories import contents as made
from tests.support.transactions import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ATOM = "{http://www.w3.org/2005/Atom}"
# Thirty drawn queries in `make test`, three hundred in `make soak`.
DRAWN = 30 if settings.default.max_examples < 1000 else 300
PERMANENT = re.compile(r"/p/([0-9a-f-]{36})")


@pytest.fixture
def vocabularies(db):
    """The terms that drawn practices and queries are made of."""
    makers = {
        "country": a_country, "theme": a_theme, "sdg": an_sdg, "beneficiary": a_beneficiary, "type": a_practice_type,
    }  # fmt: skip
    for facet, make in makers.items():
        for code in made.CODES[facet]:
            make(code)


class Ways:
    """The keys that each way gives for a query, in its order."""

    def __init__(self, query: Query) -> None:
        self.client, self.query = Client(), query
        self.query_string = Query(**{**vars(query), "size": 20}).to_query_string()

    def get(self, path: str, query_string: str = "") -> bytes:
        response = self.client.get(f"/{self.query.lang}/search/{path}?{query_string or self.query_string}")
        assert response.status_code == 200, (path, self.query_string)
        return response.getvalue()

    def export(self, extension: str) -> str:
        return self.get(f"export.{extension}").decode("utf-8-sig")

    def page(self) -> list[UUID]:
        page = BeautifulSoup(self.get(""), "html.parser")
        assert not page.select(".notice--warning"), self.query_string
        return [UUID(box["value"]) for box in page.select(".cards input[name=key]")]

    def api(self) -> list[UUID]:
        asked = Query(**{**vars(self.query), "size": 100}).to_query_string(with_lang=True)
        return [UUID(item["key"]) for item in self.client.get(f"/api/v1/search?{asked}").json()["items"]]

    def json(self) -> list[UUID]:
        return [UUID(item["key"]) for item in json.loads(self.export("json"))]

    def csv(self) -> list[UUID]:
        _, *rows = csv.reader(io.StringIO(self.export("csv"), newline=""))
        return [UUID(row[0]) for row in rows]

    def xlsx(self) -> list[UUID]:
        _, *rows = load_workbook(io.BytesIO(self.get("export.xlsx"))).active.values
        return [UUID(row[0]) for row in rows]

    def bib(self) -> list[UUID]:
        return [_key(entry["url"]) for entry in bibtexparser.parse_string(self.export("bib")).entries]

    def ris(self) -> list[UUID]:
        return [_key(entry["urls"][0]) for entry in rispy.loads(self.export("ris"))]

    def feed(self) -> list[UUID]:
        feed = etree.fromstring(self.get("feed/"))
        return [_key(entry.findtext(f"{ATOM}id")) for entry in feed.iter(f"{ATOM}entry")]

    def alert(self) -> list[UUID]:
        Subscription.objects.create(
            query=self.query.without_paging.to_query_string(), language=self.query.lang, email="reader@example.org",
            confirmed=timezone.now(), due=timezone.now(),
        )  # fmt: skip
        mail.outbox.clear()
        jobs.run()
        return [UUID(key) for letter in mail.outbox for key in PERMANENT.findall(letter.body)]


def _key(address: str) -> UUID:
    return UUID(PERMANENT.search(address)[1])


@settings(max_examples=DRAWN, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=made.corpora(), query=made.queries())
def test_every_way_names_the_same_practices(vocabularies, corpus, query):
    with rolled_back():
        made.keep(corpus)
        expected = engine().search(query).keys
        ways = Ways(query)
        for way in (ways.page, ways.api, ways.json, ways.csv, ways.xlsx, ways.bib, ways.ris):
            assert way() == expected, (way.__name__, ways.query_string)
        newest = engine().search(Query(**{**vars(query), "sort": "newest"})).keys
        assert ways.feed() == newest, ways.query_string
        assert ways.alert() == newest, ways.query_string


@settings(max_examples=max(DRAWN // 3, 10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=made.corpora())
def test_a_set_of_oai_pmh_is_what_the_query_of_its_country_or_theme_finds(vocabularies, corpus):
    with rolled_back():
        made.keep(corpus)
        for facet in ("country", "theme"):
            for code in made.CODES[facet]:
                expected = set(engine().search(Query(size=100).with_values(facet, [code])).keys)
                named = {"metadataPrefix": "oai_dc", "set": f"{facet}:{code}", "ignore_deleted": True}
                headers = Harvester(Client()).ListIdentifiers(**named) if expected else []
                assert {UUID(header.identifier.rpartition(":")[2]) for header in headers} == expected


HIDDEN = ["Secretly drafted", "Behind a wall", "Taken back", "office@example.org", "hidden@example.org"]


@pytest.fixture
def content(tree):
    """One public practice; a draft, a restricted and a withdrawn one that would all be found; contacts everywhere."""
    section = tree.section("kazakhstan")
    contacts = [("contact", {"role": "Office", "email": "hidden@example.org"})]
    public = a_practice(
        section, title="Open to all", contacts=contacts, beneficiaries=["youth"], tags=["fibre"]
    )
    same = {"contacts": contacts, "beneficiaries": ["youth"], "tags": ["fibre"], "adopted_from": public}
    a_practice(section, title="Secretly drafted", live=False, **same)
    walled = a_practice(section, title="Behind a wall", **same)
    PageViewRestriction.objects.create(page=walled, restriction_type=PageViewRestriction.LOGIN)
    a_practice(section, title="Taken back", **same).unpublish()
    return public


def test_what_is_not_public_gets_out_by_none(client, content):
    key = content.translation_key
    hidden = [str(record.key) for record in Record.objects.exclude(key=key)]
    kept = "&".join(f"key={one}" for one in [key, *hidden])
    paths = [
        *(f"/en/search/export.{extension}" for extension in ("csv", "json", "bib", "ris", "xlsx")),
        *(f"/en/record/{key}/{name}" for name in ("citation.bib", "citation.ris", "citation.json")),
        f"{content.url}brief.pdf",
        "/en/search/", "/en/search/?q=drafted", "/en/search/feed/", f"/en/search/compare/?{kept}", "/en/search/gaps/",
        "/en/search/gaps.csv", "/en/search/finder/", "/api/v1/search", f"/api/v1/records/{key}", "/api/v1/suggest?q=sec",
        "/api/v1/suggest?q=behi", "/api/v1/vocabularies", "/api/v1/vocabularies/tag", "/api/v1/collections", "/sitemap.xml",
        *(f"/oai?verb=ListRecords&metadataPrefix={name}" for name in ("oai_dc", "datacite")),
        "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc", "/oai?verb=ListSets", content.url, "/en/practices/kazakhstan/",
    ]  # fmt: skip
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        told = response.getvalue()
        if path.endswith(".xlsx"):
            told = repr(list(load_workbook(io.BytesIO(told)).active.values)).encode()
        assert not [one for one in HIDDEN if one.encode() in told], path
    for one in hidden:
        for path in (
            f"/api/v1/practices/{one}",
            f"/api/v1/records/{one}",
            f"/en/record/{one}/citation.bib",
            f"/en/record/{one}/brief.pdf",
        ):
            response = client.get(path)
            assert response.status_code in (404, 410), path
            # Who asks for the withdrawn one by its key is told its name.
            hidden_here = [word for word in HIDDEN if word != "Taken back" or path.startswith("/api/")]
            assert not [word for word in hidden_here if word.encode() in response.getvalue()], path


def test_nor_by_an_alert(content):
    Subscription.objects.create(
        language="en", email="reader@example.com", confirmed=timezone.now(), due=timezone.now()
    )
    jobs.run()
    [letter] = mail.outbox
    told = letter.message().as_string()
    assert "Open to all" in told
    assert not [one for one in HIDDEN if one in told]
