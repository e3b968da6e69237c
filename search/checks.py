"""Invariants of search, told at start."""

from django.apps import apps
from django.core import checks

from indexing.facets import FACETS
from search.labels import SOURCES
from taxonomy.models import Term


@checks.register
def every_facet_has_a_source(**kwargs: object) -> list[checks.CheckMessage]:
    """Codes and labels of a facet come from one place: a closed list, the vocabulary that names the facet, or `SOURCES`."""
    vocabularies = {term.facet: term._meta.label for term in apps.get_models() if issubclass(term, Term)}
    closed = {name: facet.source for name, facet in FACETS.items() if isinstance(facet.source, type)}
    known = {**vocabularies, **closed, **dict.fromkeys(SOURCES)}
    return [
        checks.Error(
            f"The codes of the facet {name} come from nowhere, or its vocabulary names another facet.",
            hint="Give it a source in indexing.facets, or a function in search.labels.SOURCES.",
            id="search.E001",
        )
        for name, facet in FACETS.items()
        if name not in known or known[name] != facet.source
    ]
