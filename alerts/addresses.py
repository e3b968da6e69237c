"""Addresses of this room that are about a question."""

from django.urls import reverse
from django.utils.translation import override

from search.question import Question


def question_address(name: str, question: Question) -> str:
    """The address called `name`, with the question, in its language."""
    with override(question.lang):
        path = reverse(name)
    query = question.lasting.to_query_string()
    return f"{path}?{query}" if query else path
