"""Stored query strings, of collections and alerts: which of them ask for a term."""

import re
from typing import Any
from urllib.parse import urlencode

from taxonomy.models import facet_and_code


def pattern_of(term: Any) -> str:
    """A regular expression, for Python and both databases, of query strings that choose this term or tag."""
    return f"(^|&){re.escape(urlencode([facet_and_code(term)]))}(&|$)"
