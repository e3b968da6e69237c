"""The house's invariants are told at start."""

import pytest

from core.checks import every_page_type_is_findable_or_excluded
from home.models import PlainPage
from indexing.facets import FACETS, Facet
from practices.models import PracticePage
from search.checks import check_facet_sources
from taxonomy.choices import Status


def test_a_page_type_that_is_neither_findable_nor_excluded_is_an_error(monkeypatch):
    assert every_page_type_is_findable_or_excluded() == []
    monkeypatch.setattr(PlainPage, "search_excluded", False)
    monkeypatch.setattr(PracticePage, "search_kind", "")
    assert {error.obj for error in every_page_type_is_findable_or_excluded()} == {PlainPage, PracticePage}


@pytest.mark.parametrize(
    ("facet", "errors"),
    [
        (Facet("colour", "Colour", ("red",)), ["search.E001"]),
        (Facet("colour", "Colour", ("red",), "taxonomy.Country"), ["search.E001"]),
        (Facet("colour", "Colour", ("red",), Status), []),
    ],
    ids=["no source", "the vocabulary of another facet", "a closed list"],
)
def test_a_facet_whose_codes_come_from_nowhere_is_an_error(monkeypatch, facet, errors):
    assert check_facet_sources() == []
    monkeypatch.setitem(FACETS, "colour", facet)
    assert [error.id for error in check_facet_sources()] == errors
