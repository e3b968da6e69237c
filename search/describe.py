"""A query in words: for the title of a feed, the subject of a letter, the head of a form."""

from django.utils.translation import gettext, override

from indexing.facets import FACETS
from indexing.kinds import only_kind
from search.labels import labels
from search.query import Query


def describe_query(query: Query) -> str:
    """The text and the filters in the query's language: “rural broadband”, Country: Kazakhstan, Tajikistan.

    The kind is left out where there is only one. A code that the vocabularies no longer have stands for itself.
    """
    with override(query.lang):
        words = labels(query.lang)
        parts = [gettext("“%(text)s”") % {"text": query.q}] if query.q else []
        for facet, codes in query.chosen:
            if facet == "kind" and only_kind(()):
                continue  # it says nothing as long as there is one
            joined = " + " if facet in query.all_of else ", "
            named = joined.join(words[facet].get(code, code) for code in codes)
            parts.append(f"{FACETS[facet].label}: {named}")
        return " · ".join(parts) or gettext("all practices")
