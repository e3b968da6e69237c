"""A question in words: for the title of a feed, the subject of a letter, the head of a form."""

from django.utils.translation import gettext, override

from search.labels import FACET_LABELS, labels
from search.question import Question


def describe_question(question: Question) -> str:
    """The text and the filters in the question's language: “rural broadband”, Country: Kazakhstan, Tajikistan.

    A code that the vocabularies no longer have stands for itself.
    """
    with override(question.lang):
        words = labels(question.lang)
        parts = [gettext("“%(text)s”") % {"text": question.q}] if question.q else []
        for facet, codes in question.chosen:
            joined = " + " if facet in question.all_of else ", "
            named = joined.join(words[facet].get(code, code) for code in codes)
            parts.append(f"{FACET_LABELS[facet]}: {named}")
        return " · ".join(parts) or gettext("all practices")
