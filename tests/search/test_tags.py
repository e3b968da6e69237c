"""What pages of other apps show of search: no figure says what the search it links to does not."""

from urllib.parse import urlsplit

import pytest
from django.template import Context, Template
from django.utils.translation import override

from insights.overview import country_overview, elsewhere, overview, related
from search.engines import engine
from search.labels import known_codes
from search.query import Query, parse
from search.results import results_for
from search.templatetags.search_tags import practice_cards, query_url
from tests.factories import a_practice, a_theme, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def total_behind(url: str, lang: str = "en") -> int:
    """What the search page says at this address."""
    query = urlsplit(url).query
    pairs = [tuple(pair.split("=", 1)) for pair in query.split("&") if pair]
    query, notices = parse(pairs, known_codes(), lang=lang)
    assert not notices
    return engine().size(query)


@pytest.fixture
def practices(tree):
    """Five practices in three sections, on three themes and one sub-theme."""
    a_theme("last-mile", "digital-connectivity")
    kazakhstan, tajikistan, abroad = (
        tree.section(slug) for slug in ("kazakhstan", "tajikistan", "international")
    )
    first = a_practice(
        kazakhstan, title="Schools online", themes=["last-mile"], status="scaled", beneficiaries=["youth"]
    )
    a_translation(first, title="Школы онлайн")
    a_practice(kazakhstan, title="Both", themes=["e-resilience"], countries=["KZ", "TJ"], evidence_level="2")
    a_practice(
        tajikistan,
        title="Coders",
        themes=["digital-skills", "last-mile"],
        beneficiaries=["youth"],
        tags=["fibre"],
    )
    a_practice(tajikistan, title="Portal", themes=["e-government"], status="completed", evidence_level="1")
    a_practice(abroad, title="X-Road", themes=["e-government"], countries=["EE", "KR"], status="pilot")
    return first


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_figure_is_the_total_of_the_search_it_links_to(practices, lang):
    with override(lang):
        everything = overview(lang, newest=2)
        kazakhstan = country_overview("KZ", lang)

    assert everything.total == 5
    assert [item.title for item in everything.newest] == ["X-Road", "Portal"]
    for figure in [*everything.figures, *kazakhstan.figures]:
        assert figure.url.startswith(f"/{lang}/search/")
        assert figure.number == total_behind(figure.url) > 0
    for bar in [*everything.themes, *everything.places, *kazakhstan.themes, *kazakhstan.lacking]:
        assert bar.count == total_behind(bar.url)
    for place in everything.countries:
        assert place["count"] == total_behind(place["url"])
    assert {bar.code: bar.count for bar in everything.places} == {"KZ": 2, "TJ": 3, "+": 1}


def test_a_country_lacks_themes_that_its_neighbours_have(practices):
    found = country_overview("KZ", "en")

    assert [(bar.code, bar.count) for bar in found.themes] == [
        ("digital-connectivity", 1),
        ("e-resilience", 1),
    ]
    assert {bar.code for bar in found.lacking} == {"digital-skills", "e-government"}, (
        "nothing from outside SPECA"
    )
    assert {item.title for item in found.neighbours} == {"Coders", "Portal"}
    assert total_behind(found.neighbours_url) == 2


def test_a_country_with_every_theme_is_shown_the_sub_themes_it_lacks(tree):
    a_theme("last-mile", "digital-connectivity")
    a_practice(tree.section(), themes=["digital-connectivity"])
    a_practice(tree.section("tajikistan"), themes=["last-mile"])

    [bar] = country_overview("KZ", "en").lacking

    assert (bar.code, bar.top, bar.count) == ("last-mile", "digital-connectivity", 1)


def test_a_country_without_practices_lacks_everything(practices):
    found = country_overview("UZ", "en")

    assert (found.total, found.figures, found.newest) == (0, [], [])
    assert len(found.lacking) == 4
    assert len(found.neighbours) == 3


def test_without_practices_from_elsewhere_there_is_no_row_for_them(tree):
    assert elsewhere(results_for(Query())) == []


def test_related_practices_say_what_they_have_in_common(practices):
    [entry, *_] = related(practices.translation_key, "en")

    assert entry.item.title == "Coders"
    because = "Same theme and beneficiaries, other country: Last mile, Youth"
    assert entry.why == because, "of a theme and its sub-theme only the sub-theme"
    with override("ru"):
        assert "Last mile по-русски" in related(practices.translation_key, "ru")[0].why


def test_cards_keep_the_order_asked_for_and_leave_out_what_is_not_public(practices, tree):
    draft = a_practice(tree.section(), live=False)
    other = a_practice(tree.section(), title="Other")
    keys = [other.translation_key, draft.translation_key, practices.translation_key]

    with override("ru"):
        assert [(item.title, item.language) for item in practice_cards(keys)] == [
            ("Other", "en"),
            ("Школы онлайн", "ru"),
        ]


def test_links_are_queries_in_the_readers_language(db):
    with override("ru"):
        assert (
            query_url(q="село", country="KZ", type="policy")
            == "/ru/search/?q=%D1%81%D0%B5%D0%BB%D0%BE&country=KZ&type=policy"
        )
    with override("en"):
        assert (
            query_url(theme=["e-resilience", "digital-skills"])
            == "/en/search/?theme=e-resilience&theme=digital-skills"
        )
        shown = Template('{% load search_tags %}<a href="{% query_url q=text %}">').render(
            Context({"text": '"><b>'})
        )
        assert shown == '<a href="/en/search/?q=%22%3E%3Cb%3E">'
