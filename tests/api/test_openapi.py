"""The description of the API holds, whatever is asked: schemathesis makes requests of it, right ones and wrong ones, and
compares every answer with it; on both engines."""

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from portal.wsgi import application
from search.query import DEEPEST_RESULT, MOST_VALUES
from tests.factories import a_practice, a_translation
from tests.factories.collections import a_collection
from tests.support.serving import ENGINES, asking

pytestmark = pytest.mark.django_db
# `make soak` asks twenty times as much.
REQUESTS = 100 if settings.get_current_profile_name() == "quick" else 2000
PLAIN = {"Accept-Encoding": "identity"}  # by WSGI nobody decompresses


@pytest.fixture
def there(tree):
    """What is there, by the addresses at which only luck would find it."""
    practice = a_practice(
        tree.section("kazakhstan"), title="Rural broadband", tags=["fibre"], start_year=2020, sdgs=["9"],
        beneficiaries=["youth"], practice_type="programme",
    )  # fmt: skip
    a_translation(practice, title="Связь в селе")
    withdrawn = a_practice(tree.section("tajikistan"), title="Withdrawn")
    withdrawn.unpublish()
    collection = a_collection(tree, "Last mile", [(practice, "Start here.")], question="country=KZ")
    keys = [{"key": str(one.translation_key)} for one in (practice, withdrawn)]
    return {
        "/api/v1/records/{key}": keys,
        "/api/v1/practices/{key}": keys,
        "/api/v1/collections/{name}": [{"name": collection.slug}],
    }


@pytest.fixture(params=ENGINES)
def described(request, there, one_connection):
    with asking(request.param) as asked:
        asked.make_findable()
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
        # A right query, of what was withdrawn.
        schema.config.checks.positive_data_acceptance.expected_statuses.append("410")
        yield schema


@pytest.mark.drill
def test_every_answer_is_as_described(described, there):
    for operation in operations(described):
        anything = [operation.as_strategy(mode) for mode in GenerationMode]
        known = [operation.as_strategy(path_parameters=at) for at in there.get(operation.path, [])]

        @settings(max_examples=REQUESTS, suppress_health_check=list(HealthCheck))
        @given(st.one_of(anything + known))
        def asked(case):
            query = case.query or {}
            assume(not too_deep(query) and not too_many(query) and not backwards(query))
            case.call_and_validate(headers=PLAIN)

        asked()


def operations(schema):
    return [found.ok() for found in schema.get_all_operations()]


def too_deep(query):
    """No schema can say that page and size together end at the 10,000th result."""
    page, size = query.get("page"), query.get("size")
    return isinstance(page, int) and isinstance(size, int) and (page - 1) * size >= DEEPEST_RESULT


def backwards(query):
    """Nor that the first year is not later than the last one."""
    first, last = query.get("year_from"), query.get("year_to")
    return isinstance(first, int) and isinstance(last, int) and first > last


def too_many(query):
    """Nor that all facets together have at most 60 values."""
    lists = (value for name, value in query.items() if isinstance(value, list) and name != "all")
    return sum(map(len, lists)) > MOST_VALUES


def test_every_parameter_and_every_answer_has_an_example_that_is_one(client, tree):
    described = client.get("/api/v1/openapi.json").json()
    for operation in (methods["get"] for methods in described["paths"].values()):
        assert operation["tags"]
        assert operation["description"]
        assert all("example" in parameter for parameter in operation["parameters"])
        for response in operation["responses"].values():
            for content in response.get("content", {}).values():
                schema = content["schema"] | {"components": described["components"]}
                jsonschema_rs.validate(schema, content["example"])


def test_urls_are_described_as_such_and_absolute(client, there):
    """Those that somebody typed (of sources, organisations) are not: they may hold letters that a URI has not."""
    described = client.get("/api/v1/openapi.json").json()
    for name, schema in described["components"]["schemas"].items():
        for field, of_field in schema.get("properties", {}).items():
            if field in ("url", "address", "permanent") and name not in ("SourceOut", "OrganisationOut"):
                assert of_field.get("format") == "uri", (name, field)
    answer = described["paths"]["/api/v1/suggest"]["get"]["responses"]["200"]["content"]["application/json"]
    schema = answer["schema"] | {"components": described["components"]}
    suggested = client.get("/api/v1/suggest?q=rur&lang=ru").json()
    assert suggested["suggestions"]
    jsonschema_rs.validate(schema, suggested, validate_formats=True)
    suggested["suggestions"][0]["url"] = "/ru/"
    assert not jsonschema_rs.is_valid(schema, suggested, validate_formats=True)


def test_a_facets_codes_are_those_of_today(client, tree):
    described = client.get("/api/v1/openapi.json").json()
    parameters = described["paths"]["/api/v1/search"]["get"]["parameters"]
    (country,) = (one["schema"] for one in parameters if one["name"] == "country")
    assert country["items"]["enum"] == ["", "KZ", "TJ"]
