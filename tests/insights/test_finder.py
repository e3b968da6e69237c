"""The guided finder ends in an ordinary question that finds something, whatever one answers."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.versions import next_version
from indexing.facets import FACETS
from insights.finder import ANY, STEPS
from search.engines import engine
from search.labels import known_codes, labels
from search.query import parse
from taxonomy.loading import load_vocabularies
from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def content(tree):
    a_practice(
        tree.section("kazakhstan"),
        title="Masts",
        scope="national",
        beneficiaries=["rural-communities"],
        tags=["satellite"],
    )
    a_practice(
        tree.section("tajikistan"), title="Lessons on paper", themes=["digital-skills"], scope="local",
        beneficiaries=["women"], connectivity="offline", cost_range="under-10k",
    )  # fmt: skip


def test_whoever_takes_any_answer_each_time_ends_at_a_search_that_finds_something(client, content):
    """All ways through the questions, by the forms themselves."""
    ends = []

    def go_on(answers: dict[str, str]) -> None:
        response = client.get("/en/search/finder/", answers)
        if response.status_code == 302:
            ends.append(response.url)
            return
        form = BeautifulSoup(response.content, "html.parser").select_one("main form[action$=finder\\/]")
        carried = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
        radios = form.select("input[type=radio]")
        assert radios[-1]["value"] == ANY
        for radio in radios:
            go_on(carried | {radio["name"]: radio["value"]})

    go_on({})
    assert len(ends) > 20
    for url in set(ends):
        query, notices = parse(parse_qsl(urlsplit(url).query), known_codes())
        assert notices == [], url
        assert engine().size(query) > 0, url


def test_the_counts_beside_the_answers_are_those_of_the_search(client, content):
    page = BeautifulSoup(client.get("/en/search/finder/?problem=skills").content, "html.parser")
    offered = {
        radio["value"]: radio.find_parent("label").select_one(".small").get_text()
        for radio in page.select("[type=radio]")
    }
    assert offered == {"women": "1", ANY: "1"}


def test_a_practice_that_works_offline_is_offered_where_there_is_no_connection(client, content):
    response = client.get("/en/search/finder/?problem=any&whom=any&connection=none&means=local")
    assert response.status_code == 302
    page = client.get(response.url).content.decode()
    assert "Lessons on paper" in page
    assert "Masts" not in page
    assert "Connection: Works without a connection" in page


def test_no_answer_is_asked_for_again_with_what_was_answered(client, content):
    page = BeautifulSoup(client.get("/ru/search/finder/?problem=skills&asked=whom").content, "html.parser")
    assert page.select_one("[role=alert]")
    assert page.select_one("input[name=problem]")["value"] == "skills"
    assert page.select_one(".finder__given a")["href"] == "?"


def test_every_answer_of_the_table_is_of_the_vocabulary(db):
    """A code that is renamed there would silently find nothing here."""
    load_vocabularies()
    next_version()  # what is remembered of the vocabularies is of before
    named = labels("en")
    for step in STEPS:
        assert step.facet in FACETS
        for answer in step.answers:
            # Tags are the editors' own, but for those that a practice's facts make.
            codes = [code for code in answer.codes if step.facet != "tag" or code.startswith("connection-")]
            assert not set(codes) - named[step.facet].keys()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([step.name for step in STEPS] + ["asked", "x"]), st.text(max_size=20)))
def test_no_address_breaks_it(client, db, asked):
    assert client.get("/en/search/finder/", asked).status_code in (200, 302)
