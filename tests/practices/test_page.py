"""What a reader sees of a practice. Its languages: test_page_languages.py; the pages above it: test_sections.py."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.presentation import coordinates
from taxonomy.choices import LICENCE_URLS, ContentLicence
from tests.factories import a_country, a_practice, a_theme
from tests.practices.reading import FULL, SITE, empty_elements, soup

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]


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
    assert f"/en/record/{practice.translation_key}/contact/" in links
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


def test_lineage_shows_only_what_readers_may_see(client, tree):
    hidden = a_practice(tree.section(), title="Hidden origin", live=False)
    practice = a_practice(tree.section("tajikistan"), adopted_from=hidden)

    assert "Hidden origin" not in str(soup(client, practice.url))


def test_a_draft_can_be_previewed_and_is_not_public(client, tree):
    draft = a_practice(tree.section(), title="Not yet", live=False)

    assert draft.make_preview_request().status_code == 200
    soup(client, draft.url, status=404)


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
