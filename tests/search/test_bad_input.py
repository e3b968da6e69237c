"""Whatever stands in an address, as page and as API: never a 500; the page says what it dropped, the API which field."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What a server hands on as the path, however odd.
ODD_PATHS = [
    "//",
    "///",
    "//en/",
    "/en//",
    "/ru",
    "/en/x//y/",
    "/en/./",
    f"/ru/{'a' * 900}/",
    "/en/practices//",
]

# query string -> the field that both must name, or None where it is fine
BAD = {
    "q=a%00b": "q",
    "q=a%01b": "q",
    "q=%ed%a0%80": "q",  # a lone surrogate in UTF-8
    "q=%ff%fe": "q",  # not UTF-8
    "q=%EF%BF%BD": "q",
    "page=0": "page",
    "page=-1": "page",
    "page=1e21": "page",
    "page=999999999999999999999999": "page",
    "page=501": "page",
    "page=%D9%A1": "page",
    "country=ZZ": "country",
    "country=kz": "country",
    "country=%00": "country",
    "theme=nothing&country=KZ": "theme",
    "sdg=18": "sdg",
    "year=0": "year",
    "tag=%3Cscript%3E": "tag",
    "sort=;": "sort",
    "all=x": "all",
    "unknown=1": "unknown",
    "q%00=1": None,
}
FINE = [
    "",
    "q=",
    "q=%22",
    "q=-",
    "q=---",
    "q=*",
    "q=%27%29%3B--",
    "q=NEAR(a b)&country=KZ",
    "q=title_terms%3Aa",
    "q=a AND OR NOT",
    "q=" + "%D1%8F" * 200,
    "q=-broadband",
    "q=%F0%9F%98%80",
    "country=KZ&" * 300,
    "country=KZ&country=TJ&all=country&sort=title&page=2",
    "tag=unheard-of",
    "year=2099",
]


@pytest.fixture(autouse=True)
def practices(tree):
    a_practice(tree.section("kazakhstan"), title="Rural broadband", tags=["fibre"])


def page(client, query, language="en"):
    return client.get(f"/{language}/search/", QUERY_STRING=query)


def api(client, query):
    return client.get("/api/v1/search", QUERY_STRING=query)


@pytest.mark.parametrize(("query", "field"), BAD.items())
def test_the_page_says_what_it_dropped_and_the_api_which_field(client, query, field):
    for language in ("en", "ru"):
        shown = page(client, query, language)
        assert shown.status_code == 200
        assert 'class="notice notice--warning' in shown.content.decode()
    refused = api(client, query)
    assert refused.status_code == 422
    if field:
        assert [entry["field"] for entry in refused.json()["detail"]] == [field]
        assert refused.json()["detail"][0]["reason"]


@pytest.mark.parametrize("query", FINE)
def test_what_can_be_asked_is_answered(client, query):
    assert page(client, query).status_code == 200
    answered = api(client, query)
    assert answered.status_code == 200
    assert answered.json()["engine"] == "database"


def test_a_text_that_is_too_long_is_cut_and_said_so_in_both(client):
    query = "q=broadband" + "+a" * 150
    assert "longer than 200 characters" in page(client, query).content.decode()
    assert [notice["field"] for notice in api(client, query).json()["notices"]] == ["q"]


def test_over_a_thousand_fields_is_a_bad_request(client):
    for ask in (page, api):
        assert ask(client, "a=&" * 1300).status_code == 400


def test_an_address_over_four_kilobytes_is_a_bad_request(client):
    for ask in (page, api):
        assert ask(client, "q=" + "a" * 5000).status_code == 400


def test_a_path_with_control_characters_is_a_bad_request(client):
    assert client.get("/en/practices/a%00b/").status_code == 400


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the client keeps nothing
@given(st.binary(max_size=60), st.sampled_from(["q", "country", "page", "tag", "year", "sort", "all"]))
def test_any_bytes_never_break_page_or_api(client, raw, name):
    query = f"{name}={quote_from_bytes(raw)}"
    assert page(client, query).status_code == 200
    assert api(client, query).status_code in (200, 422)
    assert client.get("/api/v1/suggest", QUERY_STRING=f"q={quote_from_bytes(raw)}").status_code in (200, 422)


@pytest.mark.parametrize(("language", "told"), [("en", "too large"), ("ru", "слишком велик")])
def test_a_form_that_is_too_large_says_so(client, tree, language, told):
    page = a_practice(tree.section())
    url = f"/{language}/record/{page.translation_key}/contact/"
    for data in ({"text": "x" * 5_000_000}, {f"field{number}": "x" for number in range(10_001)}):
        answer = client.post(url, urlencode(data), content_type="application/x-www-form-urlencoded")
        html = answer.content.decode()
        assert answer.status_code == 413
        assert told in html
        assert "This address" not in html
        assert "Этот адрес" not in html


@pytest.mark.parametrize("path", ODD_PATHS)
def test_no_path_is_a_server_error(client, tree, path):
    assert client.get("/", PATH_INFO=path).status_code < 500
