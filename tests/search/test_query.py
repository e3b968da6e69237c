"""The query: parsed from an address and written back to one, without loss and without surprise."""

import os
import subprocess
import sys
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Query, parse
from tests.factories.contents import CODES, queries

KNOWN = {facet: frozenset(codes) for facet, codes in CODES.items()} | {"language": frozenset({"en", "ru"})}


def reasons(pairs, **options):
    return [(notice.field, notice.reason) for notice in parse(pairs, KNOWN, **options)[1]]


@given(queries())
def test_a_query_survives_the_way_through_an_address(query):
    pairs = parse_qsl(query.to_query_string(with_lang=True))
    again, notices = parse(pairs, KNOWN, is_api=True)
    assert not notices
    assert again == query


@given(
    st.lists(
        st.tuples(
            st.text(max_size=12) | st.sampled_from(["q", "page", "sort", "all", "country", "size"]),
            st.text(max_size=250),
        )
    )
)
def test_anything_gives_a_query_that_can_be_asked(pairs):
    query, _notices = parse(pairs, KNOWN, is_api=True)
    assert query.page >= 1
    assert 1 <= query.size <= 100
    assert query.offset < 10_000
    assert len(query.q) <= 200
    assert all(
        value in KNOWN[facet] or facet in ("tag", "year")
        for facet, values in query.chosen
        for value in values
    )
    assert not parse(query.to_pairs(with_lang=True), KNOWN, is_api=True)[1]


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([("country", "ZZ")], [("country", "unknown-value")]),
        ([("country", "kz")], [("country", "unknown-value")]),
        ([("page", "0")], [("page", "unknown-value")]),
        ([("page", "1e21")], [("page", "unknown-value")]),
        ([("page", "501")], [("page", "too-deep")]),
        ([("sort", ";")], [("sort", "unknown-value")]),
        ([("colour", "red")], [("colour", "unknown-parameter")]),
        ([("size", "10")], [("size", "unknown-parameter")]),
        ([("q", "a\x00b")], [("q", "characters")]),
        ([("q", "a\ufffdb")], [("q", "characters")]),
        ([("country", "K\x1fZ")], [("country", "characters")]),
        ([("q", "a"), ("q", "b")], [("q", "repeated")]),
        ([("q", "a" * 201)], [("q", "cut")]),
        ([("all", "everything")], [("all", "unknown-value")]),
        ([("country", ""), ("q", ""), ("page", ""), ("sort", "")], []),
        ([("year", "1899")], [("year", "unknown-value")]),
        ([("year_from", "1899")], [("year_from", "unknown-value")]),
        ([("year_to", "soon")], [("year_to", "unknown-value")]),
        ([("year_from", "2022"), ("year_to", "2018")], [("year_from", "years")]),
        ([("year_from", ""), ("year_to", ""), ("synonyms", "")], []),
        ([("synonyms", "2")], [("synonyms", "unknown-value")]),
        ([("utm_source", "a"), ("utm_", "b"), ("fbclid", "c"), ("gclid", "d"), ("yclid", "\x00")], []),
    ],
)
def test_what_is_not_understood_is_named(pairs, told):
    assert reasons(pairs) == told


TRACKED = (
    "utm_source UTM_Source utm_id fbclid FBCLID gclid gclsrc dclid gbraid wbraid gad_source srsltid _gl _ga msclkid "
    "yclid ysclid ymclid _openstat mc_cid mc_eid _hsenc _hsmi mkt_tok twclid ttclid li_fat_id igshid mtm_campaign pk_campaign"
)


@pytest.mark.parametrize("name", TRACKED.split())
def test_a_tracking_parameter_of_any_service_vanishes(name):
    assert parse([("q", "rural"), (name, "a\x00b")], KNOWN) == (Query(q="rural"), [])


@pytest.mark.parametrize("name", ["clid", "source", "gl", "xutm_source", "openstat", "Q", "mc_", "pk"])
def test_what_only_looks_like_one_is_named(name):
    assert reasons([(name, "a")]) == [(name, "unknown-parameter")]


def test_the_api_refuses_tracking_parameters():
    assert reasons([("utm_source", "a")], is_api=True) == [("utm_source", "unknown-parameter")]


def test_a_tab_in_the_text_does_not_lose_the_text_of_a_reader():
    assert parse([("q", "rural\tbroadband")], KNOWN)[0].q == "rural broadband"


MANY = [("year", str(year)) for year in range(1950, 1990)] + [("tag", f"t{number}") for number in range(30)]


def test_sixty_values_in_all_are_taken_and_the_rest_is_told_once():
    query, notices = parse(MANY, KNOWN)
    assert sum(len(values) for _, values in query.chosen) == 60
    assert [(notice.field, notice.value, notice.reason) for notice in notices] == [("tag", "t20", "too-many")]


def test_a_stored_query_is_never_cut():
    query, notices = parse(MANY, KNOWN, most_values=None)
    assert sum(len(values) for _, values in query.chosen) == 70
    assert not notices


def test_a_value_given_twice_is_one_of_the_sixty():
    query, notices = parse(MANY[:60] * 2, KNOWN)
    assert sum(len(values) for _, values in query.chosen) == 60
    assert not notices


def test_repeated_values_count_once():
    assert parse([("country", "KZ")] * 900, KNOWN)[0].values("country") == ("KZ",)


def test_choosing_another_filter_goes_back_to_the_first_page():
    query = Query(page=7).with_toggled("country", "KZ")
    assert (query.page, query.values("country")) == (1, ("KZ",))
    assert query.with_toggled("country", "KZ") == Query()


def test_a_query_is_parsed_without_settings_or_a_database():
    code = (
        "from search.query import parse;"
        "print(parse([('q', 'mesh'), ('status', 'ongoing')], {'status': frozenset({'ongoing'})})[0].to_query_string())"
    )
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "q=mesh&status=ongoing"
