"""The house's invariants are told at start."""

from core.checks import every_page_type_is_findable_or_excluded
from home.models import PlainPage
from indexing.facets import FACETS, Facet
from practices.models import PracticePage
from search.checks import every_facet_has_a_label


def test_a_page_type_that_is_neither_findable_nor_excluded_is_an_error(monkeypatch):
    assert every_page_type_is_findable_or_excluded() == []
    monkeypatch.setattr(PlainPage, "search_excluded", False)
    monkeypatch.setattr(PracticePage, "search_kind", "")
    assert {error.obj for error in every_page_type_is_findable_or_excluded()} == {PlainPage, PracticePage}


def test_a_facet_without_a_label_is_an_error(monkeypatch):
    assert every_facet_has_a_label() == []
    monkeypatch.setitem(FACETS, "colour", Facet("colour"))
    assert [error.id for error in every_facet_has_a_label()] == ["search.E001"]
