"""The brief: what a practice says, on two pages, in the reader's language; and a portal that can do without."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.labels import Label
from exports import brief
from practices.kind import PRACTICE
from tests.factories import a_practice, publish
from tests.factories.entries import an_entry
from tests.support.clients import run_verapdf

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

LONG = "Связь стоила дорого, и школы «ждали» её годами. The villages were <b>far</b> & the masts fell! " * 400
INDICATORS = [
    {"name": f"Schools {number} " * 9, "value": "97" * 20, "unit": "%" * 60} for number in range(60)
]
SOURCES = [
    {"title": "Report " * 40, "publisher": "Ministry " * 20, "year": 2025, "url": "https://example.org/" + "x" * 200}
] * 60  # fmt: skip
LONGEST = an_entry(
    title="Schools online " * 17,
    summary="What it is. " * 40,
    texts=dict.fromkeys(PRACTICE.brief, LONG) | {"lead_organisation": "Ministry of Connection " * 10, "staff": "Many " * 50},
    parts={"indicators": INDICATORS, "sources": SOURCES},
    codes=an_entry().codes | {"theme": [Label("x", "Digital connectivity")] * 20},
)  # fmt: skip


def test_it_is_tagged_names_its_language_and_fetches_nothing(caplog):
    entry = an_entry(summary='<img src="http://127.0.0.1:9/x.png">')
    with override("ru"):
        pdf = brief.render_brief(entry).write_pdf(**brief.PDF_OPTIONS, uncompressed_pdf=True)
    assert pdf.startswith(b"%PDF-1.")
    for said in (
        b"/StructTreeRoot",
        b"/Lang (ru)",
        b"/Title (Schools online)",
        b"/Author (Ministry of Connection)",
    ):
        assert said in pdf
    assert not [record for record in caplog.records if record.name == "weasyprint"]


def test_it_is_accessible_as_pdf_ua_has_it(tmp_path):
    """As veraPDF sees it: the plainest and the longest, in the language of its text and in the other one."""
    files = []
    for number, entry in enumerate([an_entry(), LONGEST, replace(LONGEST, language="ru", parts={})]):
        for language in ("en", "ru"):
            files.append(tmp_path / f"{number}-{language}.pdf")
            with override(language):
                files[-1].write_bytes(brief.brief(entry))
    assert run_verapdf(*files) == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_two_pages_hold_the_longest_practice_and_say_what_they_leave_out(language):
    with override(language):
        assert len(brief.render_brief(LONGEST).pages) == brief.MAX_PAGES
    context = brief.brief_context(LONGEST, *brief.LENGTH_LIMITS[-1])
    assert all(part.paragraphs[-1].endswith(("годами. […]", "fell! […]")) for part in context["texts"])
    assert context["more_sources"] == len(SOURCES) - brief.LENGTH_LIMITS[-1][1]


@given(st.text(st.sampled_from("ab. !?…»\n"), max_size=80).map(str.strip), st.integers(1, 20))
def test_a_shortened_text_is_its_start(text, length):
    start = brief.truncate_at_sentence(text, length)
    if len(text) <= length:
        assert start == text
    else:
        assert text.startswith(start.removesuffix(" […]"))
        assert len(start) <= length + len(" […]")


def test_who_reads_the_original_is_told_why():
    for language, told in (("en", False), ("ru", True)):
        with override(language):
            assert bool(brief.brief_context(an_entry(), *brief.LENGTH_LIMITS[0])["only_in"]) is told


def test_its_address_answers_in_the_readers_language(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    answer = client.get(f"{practice.url.replace('/en/', '/ru/')}brief.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="schools-online.pdf"'
    assert answer.content.startswith(b"%PDF-1.")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_address_that_it_had_leads_to_the_one_beside_the_page_for_good(client, tree, language):
    practice = a_practice(tree.section(), title="Schools online")
    former = f"/{language}/practices/kazakhstan/schools-online/brief.pdf"
    assert client.get(former).status_code == 200
    publish(practice, slug="online")
    address = f"http://127.0.0.1:8000/{language}/practices/kazakhstan/online/brief.pdf"
    by_key = f"/{language}/record/{practice.translation_key}/brief.pdf"
    for url in (former, f"{former}?x=1", by_key, f"{by_key}?x=1"):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (301, address), url
    page = BeautifulSoup(client.get(f"/{language}/practices/kazakhstan/online/").content, "html.parser")
    links = {link["href"] for link in page.find_all("a", type="application/pdf")}
    assert links == {f"/{language}/practices/kazakhstan/online/brief.pdf"}
    assert client.get("/en/practices/kazakhstan/nothing/brief.pdf").status_code == 404


def test_without_pango_there_is_no_brief_and_no_link_to_one(client, tree, monkeypatch):
    monkeypatch.setattr(brief, "weasyprint", None)
    practice = a_practice(tree.section(), title="Schools online")
    caches["pages"].clear()
    page = BeautifulSoup(client.get(practice.url).content, "html.parser")
    assert page.find("meta", {"name": "citation_title"})
    assert not page.find("meta", {"name": "citation_pdf_url"})
    assert not [link for link in page.find_all("a") if "brief.pdf" in link.get("href", "")]
    assert client.get(f"{practice.url}brief.pdf").status_code == 404


@pytest.fixture
def printed(client, tree, monkeypatch):
    """A practice, and the list of briefs that were made of it."""
    caches["default"].clear()
    made, make = [], brief.brief

    def counted(entry):
        made.append(entry.title)
        return make(entry)

    monkeypatch.setattr(brief, "brief", counted)
    return a_practice(tree.section(), title="Schools online"), made


def test_it_is_made_once_for_a_version_of_its_record_whatever_else_is_published(client, tree, printed):
    practice, made = printed
    address = f"{practice.url}brief.pdf"
    first = client.get(f"{address}?x=1").content
    caches["pages"].clear()
    a_practice(tree.section(), title="Labs")
    assert client.get(f"{address}?x=2").content == first
    assert made == ["Schools online"]
    publish(practice, title="Schools on the line")
    client.get(address)
    assert made == ["Schools online", "Schools on the line"]
    client.get(address.replace("/en/", "/ru/"))
    assert len(made) == 3


def test_one_is_made_at_a_time_and_few_wait(client, printed, monkeypatch):
    practice, made = printed
    address = f"{practice.url.replace('/en/', '/ru/')}brief.pdf"
    monkeypatch.setattr(brief, "SECONDS_TO_WAIT", 0.01)
    with brief._press:
        response = client.get(address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "Сейчас создаются другие файлы PDF" in response.content.decode()
    with brief._places, brief._places:
        assert client.get(address).status_code == 503
    assert not made
    assert client.get(address).status_code == 200
