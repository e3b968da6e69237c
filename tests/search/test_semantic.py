"""Queries across languages: what is close in meaning and not in the reader's language is shown and marked as such."""

import pytest
from bs4 import BeautifulSoup

from search import semantic
from search.models import Embedding
from search.query import Query
from tests.factories import a_practice, a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ASKED = "teaching girls to code"


@pytest.fixture
def russian(tree):
    page = a_practice(
        tree.section("kazakhstan", "ru"), title="Школа программирования для девушек",
        summary="Бесплатные курсы программирования для девушек и женщин.", themes=["digital-skills"], start_year=2020,
    )  # fmt: skip
    a_practice(tree.section("kazakhstan", "ru"), title="Кабель", summary="Кабель по дну Каспийского моря.")
    semantic.refresh()
    return page


def shown(client, query: str, language: str = "en"):
    page = BeautifulSoup(client.get(f"/{language}/search/?{query}").content, "html.parser")
    return page.select("#alike .card")


def test_an_english_query_finds_what_is_only_in_russian_and_says_so(client, russian):
    [card] = shown(client, "q=teaching+girls+to+code")
    assert card.h3.get_text() == russian.title
    assert card.h3["lang"] == "ru"
    assert "In Russian" in card.get_text()
    assert shown(client, "q=bread+and+butter") == []


def test_and_the_reverse(client, tree):
    english = a_practice(
        tree.section("tajikistan"), title="Subsea cable", summary="A cable across the Caspian Sea to Europe."
    )
    semantic.refresh()
    [card] = shown(client, "q=подводный+кабель+через+море", "ru")
    assert card.h3.get_text() == english.title
    assert "На английском" in card.get_text()


def test_the_filters_of_the_query_hold(russian):
    assert semantic.semantic_matches(Query(q=ASKED)) == [russian.translation_key]
    assert semantic.semantic_matches(Query(q=ASKED).with_values("theme", ["digital-skills"])) == [
        russian.translation_key
    ]
    assert semantic.semantic_matches(Query(q=ASKED).with_values("country", ["TJ"])) == []
    assert semantic.semantic_matches(Query(q=ASKED, year_from=2020, year_to=2020)) == [
        russian.translation_key
    ]
    assert semantic.semantic_matches(Query(q=ASKED, year_from=2021)) == []
    assert semantic.semantic_matches(Query(q=ASKED, lang="ru")) == [], (
        "it is in the reader's language: the search finds it"
    )
    assert semantic.semantic_matches(Query(q=ASKED), [russian.translation_key]) == []


def test_what_is_translated_or_withdrawn_is_not_among_it(russian):
    a_translation(russian, "en", title="Coding school for girls")
    assert semantic.semantic_matches(Query(q=ASKED)) == []
    assert semantic.refresh() == 1
    assert Embedding.objects.count() == 1
    russian.get_translations().first().unpublish()
    semantic.refresh()
    assert semantic.semantic_matches(Query(q=ASKED)) == [russian.translation_key]
    russian.unpublish()
    assert semantic.semantic_matches(Query(q=ASKED)) == []


def test_only_what_has_changed_is_encoded_anew(russian):
    assert semantic.refresh() == 0
    publish(russian, summary="Курсы вышивания.")
    assert semantic.refresh() == 1


def test_without_the_encoder_nothing_else_changes(client, russian, monkeypatch):
    monkeypatch.setattr(semantic, "USE", None)
    response = client.get("/en/search/?q=teaching+girls+to+code")
    assert response.status_code == 200
    assert 'id="alike"' not in response.content.decode()
