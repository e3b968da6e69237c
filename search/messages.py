"""Messages for invalid parameters of a query."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from search.query import DEEPEST_RESULT, LONGEST_TEXT, MOST_VALUES, Notice

# reason -> sentence; `field` and `value` are the parameter's name and value.
REASONS = {
    "characters": gettext_noop("“%(field)s” contained invalid characters; they were removed."),
    "unknown-value": gettext_noop("“%(value)s” is not a value of “%(field)s”; it was ignored."),
    "unknown-parameter": gettext_noop("“%(field)s” is not a search parameter; it was ignored."),
    "repeated": gettext_noop("“%(field)s” was given more than once; only the first was used."),
    "cut": gettext_noop("The search text is longer than %(longest)d characters; the rest was cut off."),
    "too-deep": gettext_noop("Only the first %(deepest)d results can be paged through; narrow your search."),
    "too-many": gettext_noop("Only %(most)d filters can be chosen at once; the others were left out."),
    "no-words": gettext_noop("The search text has no words in it, so it was ignored."),
}
# Notices that the API returns beside results; it refuses requests with any other.
INFORMATIVE = {"cut", "no-words"}


def message_for(notice: Notice) -> str:
    """Return the notice as a sentence in the active language."""
    arguments = {
        "field": notice.field,
        "value": notice.value,
        "longest": LONGEST_TEXT,
        "deepest": DEEPEST_RESULT,
        "most": MOST_VALUES,
    }
    return _(REASONS[notice.reason]) % arguments
