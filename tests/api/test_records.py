"""A practice, the vocabularies and the collections by machine: what every reader may see, and nothing else."""

from uuid import uuid4

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from api.record_schemas import SCHEMAS
from indexing.models import Withdrawal
from practices import content
from tests.factories import a_practice, a_theme, a_translation
from tests.factories.collections import a_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(tree):
    return a_practice(
        tree.section("kazakhstan"), title="Schools online", themes=["digital-skills"], tags=["fibre"],
        cost_range="under-10k", adopted_by=["TJ"], start_year=2020,
    )  # fmt: skip


def ask(client, path, status=200):
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (status, "application/json")
    return answer.json()


def test_a_practice_in_full_in_the_language_that_was_asked_for(client, practice):
    a_translation(practice, title="Школы в сети")
    path = f"records/{practice.translation_key}"
    english, russian = ask(client, path), ask(client, f"{path}?lang=ru")
    assert (english["title"], russian["title"], russian["language"]) == (
        "Schools online", "Школы в сети", "ru",
    )  # fmt: skip
    assert russian["codes"]["country"] == [{"code": "KZ", "label": "Казахстан"}]
    assert english["facts"]["cost_range"] == {"code": "under-10k", "label": "Under 10,000"}
    assert english["adopted_by"] == [{"code": "TJ", "label": "Tajikistan"}]
    assert english["sources"] == [
        {"title": "Annual report", "publisher": "Ministry", "url": "", "year": 2025}
    ]
    assert english["texts"]["challenge"] == "Few were connected."
    assert english["licence"]["address"] == "https://creativecommons.org/licenses/by/4.0/"
    assert english["permanent"].endswith(f"/p/{practice.translation_key}")
    assert russian["address"].endswith("/ru/practices/kazakhstan/schools-online/")
    assert "office@example.org" not in str(english)


def test_every_fact_of_a_practice_has_its_place_in_the_answer():
    facts = {*content.FACTS, *content.PLACE, "last_verified"} - {"content_licence"}
    assert facts == set(SCHEMAS["practice"].model_fields["facts"].annotation.model_fields)


def test_the_former_address_of_a_practice_answers_the_same(client, tree, practice):
    withdrawn = a_practice(tree.section("tajikistan"), title="Withdrawn")
    withdrawn.unpublish()
    keys = [practice.translation_key, withdrawn.translation_key, uuid4(), "no-key"]
    for key, status in zip(keys, (200, 410, 404, 422), strict=True):
        for query in ("", "?lang=ru", "?colour=red"):
            now, before = (client.get(f"/api/v1/{name}/{key}{query}") for name in ("records", "practices"))
            assert now.status_code == (422 if "colour" in query else status)
            assert (before.status_code, before.content) == (now.status_code, now.content)


def test_what_no_reader_could_ever_see_is_not_there(client, tree):
    draft = a_practice(tree.section("kazakhstan"), title="Not yet", live=False)
    for key in (draft.translation_key, uuid4()):
        assert ask(client, f"records/{key}", 404) == {"detail": "Not Found"}


@pytest.mark.parametrize("end", ["unpublish", "restrict"])
def test_a_withdrawn_practice_says_why_and_what_replaces_it(client, tree, practice, end):
    newer = a_practice(tree.section("tajikistan"), title="All schools online")
    path = f"records/{practice.translation_key}"
    if end == "unpublish":
        practice.unpublish()
    else:
        PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    if end == "unpublish":
        gone = ask(client, path, 410)
        assert (gone["reason"], gone["replaced_by"]) == ("", None)
    else:
        assert ask(client, path, 404) == {"detail": "Not Found"}, "it is not public, but it is not gone"
    told = Withdrawal.objects.create(
        page=practice, replaced_by=newer, reason_en="Taken over.", reason_ru="Передано."
    )
    gone = ask(client, f"{path}?lang=ru", 410)
    assert gone["reason"] == "Передано."
    assert gone["replaced_by"]["key"] == str(newer.translation_key)
    assert gone["replaced_by"]["address"].endswith("/ru/practices/tajikistan/all-schools-online/")
    told.merged = True
    told.save()
    assert ask(client, path, 410)["replaced_by"]["title"] == "All schools online"
    assert "Schools online" not in str(ask(client, path, 410))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("records/schools-online", ["key"]),
        ("records/{key}?lang=de", ["lang"]),
        ("records/{key}?lang=en&lang=ru&colour=red", ["lang", "colour"]),
        ("vocabularies?lang=ru", ["lang"]),
        ("vocabularies/theme?page=2", ["page"]),
        ("collections?q=schools", ["q"]),
        ("collections/any?page=501", ["page"]),
        ("collections/any?size=3", ["size"]),
    ],
)
def test_what_is_not_understood_is_named(client, practice, path, fields):
    refused = ask(client, path.format(key=practice.translation_key), 422)
    assert [entry["field"] for entry in refused["detail"]] == fields
    assert all(entry["reason"] for entry in refused["detail"])


def test_the_vocabularies_have_both_languages_and_the_parents_of_themes(client, tree, practice):
    a_theme("programming", parent="digital-skills")
    a_practice(tree.section("kazakhstan"), title="Secret", live=False, tags=["unheard"])
    listed = ask(client, "vocabularies")["vocabularies"]
    assert [one["facet"] for one in listed][:3] == ["kind", "country", "theme"]
    themes = {code["code"]: code for code in ask(client, "vocabularies/theme")["codes"]}
    assert (themes["programming"]["parent"], themes["digital-skills"]["parent"]) == ("digital-skills", None)
    countries = {code["code"]: code["labels"] for code in ask(client, "vocabularies/country")["codes"]}
    assert countries["KZ"] == {"en": "Kazakhstan", "ru": "Казахстан"}
    tags = {code["code"] for code in ask(client, "vocabularies/tag")["codes"]}
    assert "fibre" in tags
    assert "unheard" not in tags
    for one in listed:
        assert ask(client, f"vocabularies/{one['facet']}")["labels"] == one["labels"]
    assert ask(client, "vocabularies/colour", 404)


def test_a_collection_has_what_was_picked_and_what_its_query_finds(client, tree, practice):
    other = a_practice(tree.section("tajikistan"), title="Schools by radio")
    hidden = a_practice(tree.section("tajikistan"), title="Schools hidden")
    picked = [(hidden, "Never seen."), (other, "Start here.")]
    page = a_collection(tree, "Connected schools", picked, question="q=schools")
    hidden.unpublish()
    (listed,) = ask(client, "collections?lang=ru")["collections"]
    assert (listed["title"], listed["language"]) == ("Connected schools", "en")
    for name in (listed["slug"], listed["key"]):
        found = ask(client, f"collections/{name}")
        assert [(one["title"], one["note"]) for one in found["picked"]] == [
            ("Schools by radio", "Start here.")
        ]
        assert ([one["title"] for one in found["found"]], found["total"]) == (["Schools online"], 1)
    assert ask(client, f"collections/{name}?page=2")["found"] == []
    page.unpublish()
    assert ask(client, "collections") == {"collections": []}
    assert ask(client, f"collections/{name}", 404)


def test_an_address_of_nothing_answers_in_the_apis_form_and_leads_nowhere(client, tree):
    for path in ("nothing", "records", "practices", "records/a/b", "search/"):
        assert ask(client, path, 404) == {"detail": "Not Found"}


@pytest.mark.parametrize("path", ["records/{}", "search", "openapi.json", "docs"])
def test_only_reading_is_allowed(practice, path):
    client, path = Client(enforce_csrf_checks=True), f"/api/v1/{path.format(practice.translation_key)}"
    assert client.head(path).status_code == 200
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        refused = getattr(client, method)(path)
        assert refused.status_code == 405, method
        assert {"GET", "HEAD"} == set(refused.headers["Allow"].split(", "))
