"""Synonyms: what a query looks for as well, on both engines, page and API."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Query
from search.synonyms import expand
from search.text_queries import synonyms_of, text_query_of
from taxonomy.synonyms import Synonym, load_synonyms
from tests.factories import a_practice
from tests.factories.contents import ENGLISH, RUSSIAN
from tests.factories.entries import records
from tests.support.serving import ENGINES, asking

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def listed(*words: str, also: str = "") -> Synonym:
    return Synonym.objects.create(words="\n".join(words), also=also)


def places(asked, q: str, **more) -> set[int]:
    return {key.int for key in asked.engine.iter_keys(Query(q=q, **more))}


@pytest.mark.parametrize("name", ENGINES)
def test_a_word_finds_its_synonyms_and_phrases_theirs(name):
    listed("ITU", "МСЭ")
    listed("last mile", "последняя миля", also="rural internet")
    titles = ["The ITU report", "Отчёт МСЭ", "Last mile", "Последние мили", "Rural internet", "Mile by mile"]
    with asking(name) as asked:
        records([{"title": title} for title in titles])
        asked.make_findable()
        assert places(asked, "мсэ") == places(asked, "ITU") == {1, 2}
        assert places(asked, "МСЭ отчёт") == {2}
        assert places(asked, "last mile") == {3, 4, 5}
        assert places(asked, '"последнюю милю"') == {3, 4, 5}
        assert places(asked, "rural internet") == {5}  # one way only
        assert places(asked, "mile") == {3, 6}
        assert places(asked, "-ITU -mile") == {2, 4, 5}  # what is excluded is so as typed
        assert places(asked, "мсэ", synonyms=False) == {2}


@pytest.mark.parametrize("name", ENGINES)
def test_a_change_works_at_once_and_needs_no_rebuild(name):
    with asking(name) as asked:
        records([{"title": "Hackers"}, {"title": "Resilience"}])
        asked.make_findable()
        assert places(asked, "hackers") == {1}
        group = listed("hackers", also="resilience")
        assert places(asked, "hackers") == {1, 2}
        group.delete()
        assert places(asked, "hackers") == {1}


@given(st.lists(st.sampled_from([*ENGLISH, *RUSSIAN, '"rural network"']), max_size=5))
def test_a_query_without_synonyms_stays_as_it_is(words):
    """With the shipped list, whatever words there are: no entry, no change; and `synonyms=0` changes nothing ever."""
    load_synonyms()
    query = Query(q=" ".join(words))
    literal = text_query_of(Query(q=query.q, synonyms=False))
    assert synonyms_of(Query(q=query.q, synonyms=False)) == []
    if not synonyms_of(query):
        assert text_query_of(query) == literal
    assert expand(literal.required)[0] == text_query_of(query).required


def test_page_and_api_say_what_was_added(client, tree):
    listed("ITU", "МСЭ")
    a_practice(tree.section("kazakhstan"), title="Схемы МСЭ")
    html = client.get("/en/search/?q=ITU").content.decode()
    assert 'Also searched for: <span lang="ru">МСЭ</span>.' in " ".join(html.split())
    assert "/en/search/?q=ITU&amp;synonyms=0" in html
    assert client.get("/en/search/?q=ITU&synonyms=0").context["answer"].total == 0
    answer = client.get("/api/v1/search?q=itu").json()
    assert (answer["total"], answer["synonyms"]) == (1, [{"word": "ITU", "also": ["МСЭ"]}])
    assert client.get("/api/v1/search?q=itu&synonyms=0").json()["synonyms"] == []


def test_the_list_is_edited_in_the_admin(admin_client):
    url = "/admin/snippets/taxonomy/synonym/add/"
    refused = admin_client.post(url, {"words": " ITU ", "also": ""})
    assert "Enter at least two words, each on its own line." in refused.content.decode()
    admin_client.post(url, {"words": " ITU \r\n\r\nМСЭ\r\nITU", "also": ""})
    assert Synonym.objects.get().words == "ITU\nМСЭ"


def test_a_list_that_is_edited_stays_as_it_is():
    assert load_synonyms() > 50
    Synonym.objects.exclude(words__contains="ITU").delete()
    assert load_synonyms() == 0
    assert Synonym.objects.count() == 1
