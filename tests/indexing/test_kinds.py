"""The registration of kinds: what search, exports and the API know of page types."""

from dataclasses import replace

import pytest

from home.models import PlainPage
from indexing import kinds
from indexing.checks import (
    check_kind_facets,
    check_kind_managers,
    check_page_types_have_kind,
)
from practices.kind import PRACTICE
from practices.models import PracticePage
from search.labels import labels
from tests.factories import a_practice


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="practice"):
        kinds.register_kind(PRACTICE)


def test_a_page_type_that_no_kind_names_is_told_at_start(monkeypatch):
    assert check_page_types_have_kind() == []
    monkeypatch.setattr(kinds, "_kinds", {})
    (error,) = check_page_types_have_kind()
    assert (error.id, error.obj) == ("indexing.E001", PracticePage)


def test_a_kind_that_the_index_cannot_read_is_told_at_start(monkeypatch):
    assert check_kind_managers() == check_kind_facets() == []
    odd = replace(PRACTICE, models=(PlainPage,), facets=("country", "colour"))
    monkeypatch.setattr(kinds, "_kinds", {odd.code: odd})
    (error,) = check_kind_managers()
    assert (error.id, error.obj) == ("indexing.E002", PlainPage)
    (error,) = check_kind_facets()
    assert error.id == "indexing.E003"
    assert "colour" in error.msg


def test_results_are_of_one_kind_where_it_alone_is_asked_for_or_there_is_no_other(monkeypatch):
    assert kinds.only_kind(()) == kinds.only_kind(("practice",)) == PRACTICE
    other = replace(PRACTICE, code="event")
    monkeypatch.setattr(kinds, "_kinds", {"practice": PRACTICE, "event": other})
    assert kinds.only_kind(("event",)) == other
    assert kinds.only_kind(()) is kinds.only_kind(("event", "practice")) is None


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_code_that_a_fact_is_found_by_as_a_tag_has_a_label(language):
    codes = kinds.fact_tag_codes()
    assert {"cost-under-10k", "connection-offline"} <= codes
    named = labels(language)["tag"]
    assert all(named[code] != code for code in codes)


def test_what_a_practice_gives_to_its_record_is_registered(tree):
    """Texts and lists that are not would be in no export."""
    page = a_practice(
        tree.section("kazakhstan"), place="Almaty", latitude="43.25", longitude="76.95", cost_range="under-10k",
        organisations=[("lead", {"name": "Ministry"}), ("partner", {"name": "Regional university"})],
        staff="Two", results="<p>Connected.</p>",
    )  # fmt: skip
    content = page.search_content()
    assert (
        {"place", "results", "staff", "partners"}
        <= set(content.fields)
        <= {text.name for text in PRACTICE.texts}
    )
    assert {"partners", "organisations"} <= set(content.parts)
    assert set(content.parts) <= set(PRACTICE.lists)
    lineage = {"adopted_by", "adopted_from", "last_verified"}
    assert (
        {"cost_range", "latitude"} <= set(content.facts) <= {fact.name for fact in PRACTICE.facts} | lineage
    )
