"""Invariants of search, told at start."""

from typing import Any

from django.core import checks

from indexing.facets import FACETS
from search.labels import FACET_LABELS


@checks.register
def every_facet_has_a_label(**kwargs: Any) -> list[checks.CheckMessage]:
    """A facet without a label would show its parameter's name to readers."""
    return [
        checks.Error(
            f"The facet {name} has no label.",
            hint="Add it to search.labels.FACET_LABELS.",
            id="search.E001",
        )
        for name in FACETS
        if name not in FACET_LABELS
    ]
