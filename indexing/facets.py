"""The facets, one table, read by the query, the engines, the page and the API."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Facet:
    """A facet: its name in addresses, and the form of its codes where the vocabulary is open (None: closed)."""

    name: str
    open_form: re.Pattern[str] | None = None

    def accepts(self, value: str, known: frozenset[str]) -> bool:
        """Whether `value` can be a code of this facet: a known one, or well-formed where any word may come."""
        return value in known or bool(self.open_form and self.open_form.fullmatch(value))


FACETS = {
    facet.name: facet
    for facet in (
        Facet("kind"),
        Facet("country"),
        Facet("theme"),
        Facet("sdg"),
        Facet("status"),
        Facet("evidence"),
        Facet("beneficiary"),
        Facet("scope"),
        Facet("type"),
        Facet("language"),
        Facet("year", re.compile(r"(19|20)[0-9]{2}|2100")),
        Facet("tag", re.compile(r"[^\W_]+(-[^\W_]+)*")),
    )
}
LONGEST_VALUE = 100
