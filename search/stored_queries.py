"""Stored query strings, of collections and alerts: which of them ask for a term."""

import re
from typing import Any
from urllib.parse import urlencode

from taggit.models import Tag

from search.vocabulary import VOCABULARIES


def pattern_of(term: Any) -> str:
    """A regular expression, for Python and both databases, of query strings that choose this term or tag."""
    if isinstance(term, Tag):
        pair = ("tag", term.slug)
    else:
        pair = (next(name for name, model in VOCABULARIES.items() if isinstance(term, model)), term.code)
    return f"(^|&){re.escape(urlencode([pair]))}(&|$)"
