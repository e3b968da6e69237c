"""System checks of search."""

from django.apps import apps
from django.core import checks

from indexing.facets import FACETS
from search.labels import SOURCES
from taxonomy.models import Term


@checks.register
def check_facet_sources(**kwargs: object) -> list[checks.CheckMessage]:
    """Check that each facet has one source of codes and labels: a closed list, its vocabulary, or `SOURCES`."""
    vocabularies = {term.facet: term._meta.label for term in apps.get_models() if issubclass(term, Term)}
    closed = {name: facet.source for name, facet in FACETS.items() if isinstance(facet.source, type)}
    sources = {**vocabularies, **closed, **dict.fromkeys(SOURCES)}
    return [
        checks.Error(
            f"The codes of the facet {name} come from nowhere, or its vocabulary names another facet.",
            hint="Give it a source in indexing.facets, or a function in search.labels.SOURCES.",
            id="search.E001",
        )
        for name, facet in FACETS.items()
        if name not in sources or sources[name] != facet.source
    ]
