"""Describe a query in one line: for feed titles, e-mail subjects and headings of forms."""

from django.utils.translation import gettext, override

from indexing.facets import FACETS
from indexing.kinds import only_kind
from search.labels import labels
from search.query import Query


def describe_query(query: Query) -> str:
    """Return text and filters in the query's language: “rural broadband” · Country: Kazakhstan, Tajikistan · without synonyms.

    The kind is omitted if there is only one. A code that is no longer in a vocabulary is shown as it is.
    """
    with override(query.lang):
        facet_labels = labels(query.lang)
        parts = [gettext("“%(text)s”") % {"text": query.q}] if query.q else []
        for facet, codes in query.chosen:
            if facet == "kind" and only_kind(()):
                continue  # the only kind
            joined = " + " if facet in query.all_of else ", "
            value_labels = joined.join(facet_labels[facet].get(code, code) for code in codes)
            parts.append(f"{FACETS[facet].label}: {value_labels}")
        if years := year_labels(query):
            parts.append(f"{FACETS['year'].label}: {' '.join(label for _, label in years)}")
        if not query.synonyms and parts:
            parts.append(gettext("without synonyms"))
        return " · ".join(parts) or gettext("all practices")


def year_labels(query: Query) -> list[tuple[str, str]]:
    """Return (parameter, text in the active language) for the first and the last year, if the query has them."""
    labels = []
    if query.year_from:
        labels.append(("year_from", gettext("from %(year)d") % {"year": query.year_from}))
    if query.year_to:
        labels.append(("year_to", gettext("to %(year)d") % {"year": query.year_to}))
    return labels
