"""Messages for invalid parameters of a query."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from search.query import DEEPEST_RESULT, LONGEST_TEXT, MOST_VALUES, Notice

# reason -> sentence; `field` and `value` are the parameter's name and value. What the page says, which answers all the same.
NOTICES = {
    "characters": gettext_noop("“%(field)s” contained invalid characters; they were removed."),
    "unknown-value": gettext_noop("“%(value)s” is not a value of “%(field)s”; it was ignored."),
    "unknown-parameter": gettext_noop("“%(field)s” is not a search parameter; it was ignored."),
    "repeated": gettext_noop("“%(field)s” was given more than once; only the first was used."),
    "cut": gettext_noop("The search text is longer than %(longest)d characters; the rest was cut off."),
    "too-deep": gettext_noop("Only the first %(deepest)d results can be paged through; narrow your search."),
    "too-many": gettext_noop("Only %(most)d filters can be chosen at once; the others were left out."),
    "no-words": gettext_noop("The search text has no words in it, so it was ignored."),
    "one-letter": gettext_noop("One letter is too short to search for. Enter a whole word."),
    "years": gettext_noop("The first year is later than the last one; the years were ignored."),
}
# What is said where the query is refused: by the API, and by a form that would store it.
PROBLEMS = {
    "characters": gettext_noop("“%(field)s” contains invalid characters."),
    "unknown-value": gettext_noop("“%(value)s” is not a value of “%(field)s”."),
    "unknown-parameter": gettext_noop("“%(field)s” is not a search parameter."),
    "repeated": gettext_noop("“%(field)s” is given more than once."),
    "cut": gettext_noop("The search text is longer than %(longest)d characters."),
    "too-deep": NOTICES["too-deep"],
    "too-many": gettext_noop("It has more than %(most)d filters."),
    "no-words": gettext_noop("The search text has no words in it."),
    "one-letter": gettext_noop("One letter is too short to search for."),
    "years": gettext_noop("The first year is later than the last one."),
}
# Notices that the API returns beside results; it refuses requests with any other.
INFORMATIVE = {"cut", "no-words", "one-letter"}


def message_for(notice: Notice) -> str:
    """Return a sentence in the active language for a reader who gets results without the parameter."""
    return _(NOTICES[notice.reason]) % _arguments(notice)


def problem_message(notice: Notice) -> str:
    """Return a sentence in the active language for a client or an editor whose query is refused."""
    return _(PROBLEMS[notice.reason]) % _arguments(notice)


def _arguments(notice: Notice) -> dict[str, str | int]:
    return {
        "field": notice.field,
        "value": notice.value,
        "longest": LONGEST_TEXT,
        "deepest": DEEPEST_RESULT,
        "most": MOST_VALUES,
    }
