"""What the search page shows of alerts."""

from django import template

from alerts.addresses import question_address
from search.question import Question

register = template.Library()


@register.simple_tag
def alert_url(question: Question) -> str:
    """Where a reader asks to be told what is new for `question`."""
    return question_address("alerts:new", question)
