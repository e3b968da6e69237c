"""URLs of alerts that are about a question."""

from core.alternates import address_in
from search.page import asking
from search.question import Question


def question_address(name: str, question: Question) -> str:
    """The address called `name`, with the question, in its language."""
    return asking(address_in(question.lang, name), question.lasting)
