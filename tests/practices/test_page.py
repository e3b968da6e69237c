"""What a reader sees of a practice and of the pages above it, in both languages."""

from datetime import date
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from practices.presentation import LICENCE_URLS, coordinates
from taxonomy.choices import ContentLicence
from tests.factories import a_country, a_practice, a_theme, a_translation, publish

SITE = "http://127.0.0.1:8000"
FULL = {
    "title": "Schools online",
    "countries": ["KZ", "EE"],
    "themes": ["digital-connectivity"],
    "sdgs": ["4"],
    "beneficiaries": ["youth"],
    "practice_type": "programme",
    "tags": ["fibre"],
    "scope": "national",
    "place": "Aktau",
    "latitude": "43.65",
    "longitude": "51.16",
    "start_year": 2020,
    "end_year": 2024,
    "objectives": "<p>All schools.</p>",
    "results": "<p>Most schools.</p>",
    "indicators": [
        (
            "indicator",
            {"name": "Schools connected", "baseline": "41", "value": "97", "unit": "%", "year": 2025},
        )
    ],
    "difficulties": "<p>The mast fell.</p>",
    "lessons": "<p>Anchor the mast.</p>",
    "evidence_level": "3",
    "cost_range": "1m-10m",
    "currency": "USD",
    "cost_note": "4 million in three years",
    "financing": "loan",
    "staff": "Twelve engineers",
    "legal_context": "<p>A law on masts.</p>",
    "technology_readiness": 9,
    "technology_licence": "open-source",
    "connectivity": "broadband",
    "transfer_rating": 4,
    "preconditions": "<p>Roads.</p>",
    "adaptation_advice": "<p>Begin with the school furthest away.</p>",
    "adopted_by": ["TJ"],
    "partners": [("partner", {"name": "University of Aktau", "contribution": "Trains"})],
    "last_verified": date(2026, 2, 3),
    "reviewed_by": "SPECA secretariat",
}


def soup(client, path: str, status: int = 200) -> BeautifulSoup:
    caches["pages"].clear()
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def head_links(page: BeautifulSoup) -> tuple[str | None, dict[str, str]]:
    """The canonical address, and the alternates by language."""
    canonical = page.head.find("link", rel="canonical")
    alternates = {link["hreflang"]: link["href"] for link in page.head.find_all("link", hreflang=True)}
    return canonical and canonical["href"], alternates


def switch(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.find("nav", class_="languages").find_all("a")}


def empty_elements(page: BeautifulSoup) -> list[str]:
    """Elements that show nothing, and sections that have nothing but their heading."""
    shows = [
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "li",
        "dt",
        "dd",
        "ul",
        "ol",
        "dl",
        "div",
        "section",
        "figure",
        "figcaption",
        "a",
        "b",
        "span",
    ]
    empty = [
        str(element)
        for element in page.main.find_all(shows)
        if not element.get_text(strip=True)
        and not element.find(["svg", "img", "input"])
        and element.name != "datalist"
    ]
    for section in page.main.find_all("section"):
        heading = section.find(["h2", "h3"])
        if heading and section.get_text(strip=True) == heading.get_text(strip=True):
            empty.append(str(section))
    return empty


def test_a_full_practice_answers_what_an_adviser_would_ask(client, tree):
    origin = a_practice(tree.section("tajikistan"), title="Schools online first")
    practice = a_practice(tree.section(), adopted_from=origin, **FULL)

    page = soup(client, practice.url)
    text = " ".join(page.main.get_text(" ", strip=True).split())

    for told in (
        "Schools online", "Estonia , Kazakhstan", "Aktau", "43.65° N, 51.16° E", "National", "Ministry of Connection",
        "Youth", "Ongoing", "2020–2024", "Working in another country", "1 to 10 million USD", "4 million in three years",
        "Loan", "Independent evaluation", "1 source", "Few were connected.", "All schools.", "They were connected one by one.",
        "97", "Most schools.", "The mast fell.", "Anchor the mast.", "Begin with the school furthest away.", "Roads.",
        "A law on masts.", "Twelve engineers", "Technology readiness: 9 of 9", "Open source", "Needs broadband",
        "Adopted from: Schools online first", "Adopted by: Tajikistan", "Annual report", "University of Aktau", "Project office",
        "Last verified on Feb. 3, 2026, to be verified again by Feb. 3, 2028.", "Reviewed by SPECA secretariat", "CC BY 4.0",
        f"Schools online. SPECA Good Practices. {SITE}/p/{practice.translation_key}",
    ):  # fmt: skip
        assert told in text, told
    links = {link["href"] for link in page.main.find_all("a")}
    for query in (
        "country=KZ", "country=EE", "theme=digital-connectivity", "sdg=4", "beneficiary=youth", "type=programme", "tag=fibre",
        "scope=national", "status=ongoing", "evidence=3",
    ):  # fmt: skip
        assert f"/en/search/?{query}" in links, query
    assert f"/en/practice/{practice.translation_key}/contact/" in links
    assert not empty_elements(page)
    assert "adopted as schools online" in soup(client, origin.url).main.get_text(" ", strip=True).lower()


@pytest.mark.parametrize(
    "fields", [{}, {"challenge": '<p data-block-key="a1b2c"></p>', "approach": [("text", "<p></p>")]}]
)
def test_nothing_empty_is_shown(client, tree, fields):
    practice = a_practice(tree.section("international"), title="Bare", snapshot=False, countries=[], **fields)

    page = soup(client, practice.url)

    assert not empty_elements(page)
    assert [heading.get_text() for heading in page.main.find_all(["h2", "h3"])] == ["Cite and contact"]
    assert "None" not in page.get_text()


def test_an_overdue_practice_says_so(client, tree):
    practice = a_practice(tree.section(), last_verified=date(2020, 2, 29))

    assert "it was to be verified again by Feb. 28, 2022." in soup(client, practice.url).get_text()


def test_addresses_of_contacts_are_nowhere(client, tree):
    practice = a_practice(tree.section())

    for path in (practice.url, practice.url.replace("/en/", "/ru/"), "/en/", tree.section().url):
        assert "office@example.org" not in str(soup(client, path))


def test_without_a_translation_the_other_address_answers_with_the_original(client, tree):
    practice = a_practice(tree.section(), title="Schools online")

    page = soup(client, "/ru/practices/kazakhstan/schools-online/")

    assert page.html["lang"] == "ru"
    assert page.h1["lang"] == "en"
    assert page.find("div", class_="notice").get_text(strip=True)
    assert page.find(string="Few were connected.").find_parent(lang=True)["lang"] == "en"
    assert page.find(id="challenge").h2.find_parent(lang=True) == page.html
    assert head_links(page) == (SITE + practice.url, {"en": SITE + practice.url})
    assert switch(page) == {"en": practice.url}
    assert [crumb["href"] for crumb in page.find("nav", class_="crumbs").find_all("a")] == [
        "/ru/", "/ru/practices/", "/ru/practices/kazakhstan/"
    ]  # fmt: skip
    assert all(
        link["href"].startswith("/ru/") for link in page.find("dl").find_all("a") if "?" in link["href"]
    )

    original = soup(client, practice.url)
    assert head_links(original) == (SITE + practice.url, {"en": SITE + practice.url})
    assert switch(original) == {"ru": "/ru/practices/kazakhstan/schools-online/"}


def test_translations_name_each_other_and_what_is_behind(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    russian = a_translation(practice, title="Школы онлайн")
    both = {"en": SITE + practice.url, "ru": SITE + russian.url}

    assert head_links(soup(client, practice.url)) == (SITE + practice.url, both)
    page = soup(client, russian.url)
    assert head_links(page) == (SITE + russian.url, both)
    assert switch(page) == {"en": practice.url}
    assert page.h1.get_text() == "Школы онлайн" and not page.h1.has_attr("lang")
    assert not page.find("div", class_="notice--warning")

    publish(practice, lessons="<p>Anchor it.</p>", challenge="<p>Nobody was connected.</p>")
    notice = soup(client, russian.url).find("div", class_="notice--warning")
    assert notice.a["href"] == practice.url


def test_a_restricted_or_withdrawn_translation_is_told_to_nobody(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    russian = a_translation(practice, title="Школы онлайн")
    PageViewRestriction.objects.create(page=russian, restriction_type=PageViewRestriction.LOGIN)

    for page in (practice, russian):  # a restriction holds in all languages
        assert client.get(page.url).status_code == 302
        assert page.url not in client.get("/sitemap.xml").content.decode()

    PageViewRestriction.objects.first().delete()
    russian.unpublish()
    assert head_links(soup(client, practice.url))[1] == {"en": SITE + practice.url}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("translated", [True, False])
def test_a_restricted_page_has_no_dead_links(client, tree, language, translated):
    """Each link and address on it leads somewhere for whoever knows its password; forms and files are for public pages."""
    practice = a_practice(tree.section(), **FULL)
    if translated:
        a_translation(practice, title="Школы онлайн")
    page = soup(client, url := practice.url.replace("/en/", f"/{language}/"))
    assert str(practice.translation_key) in str(page.main), "a public one has them"

    PageViewRestriction.objects.create(page=practice, restriction_type="password", password="secret")
    form = soup(client, url).select_one("main form")
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert client.post(form["action"], hidden | {"password": "secret"}).status_code == 302

    page = soup(client, url)
    assert page.find(id="lessons") and str(practice.translation_key) not in page.main.get_text()
    links = {link["href"] for link in page.select("main a[href^='/']")}
    dead = {link for link in links if client.get(link, follow=True).status_code == 404}
    assert links and not dead


def test_lineage_shows_only_what_readers_may_see(client, tree):
    hidden = a_practice(tree.section(), title="Hidden origin", live=False)
    practice = a_practice(tree.section("tajikistan"), adopted_from=hidden)

    assert "Hidden origin" not in str(soup(client, practice.url))


def test_a_draft_can_be_previewed_and_is_not_public(client, tree):
    draft = a_practice(tree.section(), title="Not yet", live=False)

    assert draft.make_preview_request().status_code == 200
    soup(client, draft.url, status=404)


def test_the_sitemap_has_public_pages_in_both_languages_and_no_stand_ins(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    translated = a_practice(tree.section(), title="Villages online")
    russian = a_translation(translated)
    a_practice(tree.section(), title="Not yet", live=False)

    urls = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = {
        url.findtext("{*}loc"): {link.get("hreflang"): link.get("href") for link in url.findall("{*}link")}
        for url in urls
    }

    assert found[SITE + practice.url] == {}
    both = {"en": SITE + translated.url, "ru": SITE + russian.url}
    assert found[SITE + translated.url] == found[SITE + russian.url] == both
    assert SITE + "/ru/practices/kazakhstan/" in found
    assert not any("schools-online" in url and "/ru/" in url for url in found)
    assert not any("not-yet" in url for url in found)


def test_a_country_section_shows_its_figures_and_what_neighbours_have(client, tree):
    a_practice(tree.section(), title="Schools online", themes=["digital-connectivity"])
    a_practice(tree.section("tajikistan"), title="Coders", themes=["digital-skills"])

    page = soup(client, tree.section().url)

    assert page.find("a", class_="stat")["href"] == "/en/search/?country=KZ"
    tables = {table.caption.get_text(): table for table in page.find_all("table")}
    assert [row.get_text(strip=True) for row in tables["By theme"].tbody.find_all("tr")] == [
        "Digital connectivity1"
    ]
    lacking = tables["What neighbours have on themes missing here"].tbody.find_all("tr")
    assert [row.get_text(strip=True) for row in lacking] == ["Digital skills1"]
    assert [heading.get_text(strip=True) for heading in page.main.find_all("h3")] == [
        "Schools online",
        "Coders",
    ]


def test_an_empty_section_says_what_to_do_next(client, tree):
    page = soup(client, tree.section().url)

    assert page.find("div", class_="empty")
    assert not empty_elements(page)


def test_the_section_of_experts_lists_its_own_practices_page_by_page(client, tree):
    section = tree.section("international")
    for number in range(13):
        a_practice(section, title=f"Practice {number}", countries=["EE"])
    a_translation(section.get_children().specific().first(), title="Практика")

    def titles(number: str) -> list[str]:
        page = soup(client, f"{section.url}?page={number}")
        return [heading.get_text(strip=True) for heading in page.main.find_all("h3")]

    assert titles("1") == [f"Practice {number}" for number in range(12, 0, -1)]
    assert titles("2") == titles("999999999999999999999") == ["Practice 0"]
    assert titles("1e21") == titles("") == titles("1")
    assert head_links(soup(client, f"{section.url}?page=2"))[0] == f"{SITE}{section.url}?page=2"
    page = soup(client, section.url.replace("/en/", "/ru/"))
    assert len(page.main.find_all("h3")) == 12 and page.main.h2.get_text().startswith("13 "), (
        "a translation is no practice more"
    )


def test_the_index_leads_to_every_section_and_to_what_it_counts(client, tree):
    a_practice(tree.section(), title="Schools online")
    a_practice(tree.section("international"), title="X-Road", countries=["EE"])

    page = soup(client, tree.indexes["ru"].url)
    places = {
        place.b.get_text(): place.get_text(" ", strip=True) for place in page.find_all("li", class_="place")
    }

    titles = [tree.section(slug, "ru").title for slug in ("kazakhstan", "tajikistan", "international")]
    assert set(titles) == set(places)
    assert ["1" in places[title] for title in titles] == [True, False, True]
    links = {link["href"] for link in page.main.find_all("a")}
    assert {
        "/ru/practices/kazakhstan/",
        "/ru/search/?country=KZ",
        "/ru/practices/international/",
        "/ru/search/",
    } <= links


def test_the_queries_of_a_page_do_not_grow_with_the_practices(client, tree):
    first = a_practice(
        tree.section(), title="First", tags=["fibre"], **{k: FULL[k] for k in ("sdgs", "beneficiaries")}
    )
    paths = [first.url, first.url.replace("/en/", "/ru/"), tree.section().url, tree.section("international").url,
             tree.indexes["en"].url]  # fmt: skip

    def grow(few: int) -> None:
        themes = [a_theme("digital-connectivity"), a_theme("last-mile", "digital-connectivity")]
        for number in range(few):
            section = tree.section(("kazakhstan", "tajikistan", "international")[number % 3])
            a_practice(section, themes=themes, tags=["fibre"], beneficiaries=["youth"], adopted_from=first, countries=[
                section.country or a_country("EE")
            ])  # fmt: skip

    def queries() -> list[int]:
        counted = []
        for path in paths:
            caches["pages"].clear()
            client.get(path)  # what a process keeps (site, content types, labels) is asked for once
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            counted.append(len(captured))
        return counted

    grow(3)
    at_few = queries()
    grow(27)
    assert queries() == at_few
    assert max(at_few) < 60


def test_coordinates_are_said_in_words():
    assert coordinates(None, None) == ""
    assert coordinates(-1, 0) == "1.00° S, 0.00° E"
    assert coordinates(0, -70.5) == "0.00° N, 70.50° W"


def test_every_licence_has_an_address():
    assert set(LICENCE_URLS) == set(ContentLicence.values)
