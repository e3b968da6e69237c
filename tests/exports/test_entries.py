"""A practice in full: what its pages say that every reader may see, in the reader's language, and nothing else."""

from types import SimpleNamespace

import pytest
from wagtail.models import PageViewRestriction

from exports.entries import entries, entry, iter_entries
from search.query import Query
from tests.factories import a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def online(tree):
    return a_practice(
        tree.section("kazakhstan"), title="Schools online", themes=["digital-skills"], cost_range="under-10k",
        adopted_by=["TJ"], start_year=2020,
    )  # fmt: skip


def test_it_says_what_its_pages_say_in_the_readers_language(online):
    a_translation(online, title="Школы в сети")
    told = {lang: entry(online.translation_key, lang) for lang in ("en", "ru")}
    assert [told[lang].title for lang in ("en", "ru")] == ["Schools online", "Школы в сети"]
    assert told["ru"].address.endswith("/ru/practices/kazakhstan/schools-online/")
    assert told["en"].permanent.endswith(f"/p/{online.translation_key}")
    assert [label.label for label in told["ru"].codes["country"]] == ["Казахстан"]
    assert told["en"].facts["cost_range"].label == "Under 10,000"
    assert [label.code for label in told["en"].adopted_by] == ["TJ"]
    assert told["en"].parts["sources"][0]["title"] == "Annual report"
    assert told["en"].keywords == ["Digital skills", "Kazakhstan"], (
        "what it cost is no keyword, though it is found as a tag"
    )
    assert told["en"].organisation == "Ministry of Connection"


def test_contacts_drafts_and_restricted_practices_stand_in_none(tree, online):
    adopted = a_practice(tree.section("tajikistan"), title="Taken over", adopted_from=online)
    draft = a_practice(tree.section("tajikistan"), title="Not yet", live=False)
    assert entry(adopted.translation_key, "en").origin.title == "Schools online"
    PageViewRestriction.objects.create(page=online, restriction_type=PageViewRestriction.LOGIN)
    found = entries([online.translation_key, draft.translation_key, adopted.translation_key], "en")
    assert [one.title for one in found] == ["Taken over"]
    assert found[0].origin is None
    assert "office@example.org" not in repr(found)


def test_a_walk_goes_past_the_first_page_in_the_queries_order(tree, monkeypatch):
    monkeypatch.setattr("exports.entries.BATCH_SIZE", 2)
    titles = [f"School {letter}" for letter in "EDCBA"]
    for title in titles:
        a_practice(tree.section("kazakhstan"), title=title)
    walked = iter_entries(Query(sort="title", size=1, page=3))
    assert [one.title for one in walked] == sorted(titles)


def test_a_text_without_words_is_not_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "exports.entries.engine",
        lambda: SimpleNamespace(iter_keys=lambda query: asked.append(query) or iter(())),
    )
    assert list(iter_entries(Query(q="?", sort="title"))) == []
    assert asked == [Query(sort="title")]
