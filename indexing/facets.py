"""The facets, declared once: the query, the search server's mapping, labels, the search page and the API's examples follow.

A new facet is a line here, and its codes in the `SearchContent` of the pages that have them.
"""

import re
from dataclasses import dataclass

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taxonomy.choices import Evidence, Scope, Status


@dataclass(frozen=True)
class Facet:
    """A facet of records.

    `name` is the parameter of the query, `example` has codes for the API's documentation. `source` is what its codes and
    their labels come from: a closed list, or the label of a vocabulary's model; None where search.labels knows better.
    `multiple`: a record may have several codes. `pattern` is the form of a code where any word may come (None: the
    codes are a closed set). `expanded`: its values are unfolded on the search page at once.
    """

    name: str
    label: str | Promise
    example: tuple[str, ...]
    source: type[Choices] | str | None = None
    multiple: bool = True
    pattern: re.Pattern[str] | None = None
    expanded: bool = False

    def accepts(self, value: str, known: frozenset[str]) -> bool:
        """Whether `value` can be a code of this facet: a known one, or well-formed where any word may come."""
        return value in known or bool(self.pattern and self.pattern.fullmatch(value))


FACETS = {
    facet.name: facet
    for facet in (
        Facet("kind", _("Kind"), ("practice",), multiple=False),
        Facet("country", _("Country"), ("KZ", "KG"), "taxonomy.Country", expanded=True),
        Facet("theme", _("Theme"), ("digital-connectivity",), "taxonomy.Theme", expanded=True),
        Facet("sdg", pgettext_lazy("facet", "Sustainable Development Goal"), ("9",), "taxonomy.SDG"),
        Facet(
            "status",
            pgettext_lazy("practice", "Status"),
            ("ongoing",),
            Status,
            multiple=False,
            expanded=True,
        ),
        Facet("evidence", _("Evidence"), ("2",), Evidence, multiple=False),
        Facet("beneficiary", _("Beneficiaries"), ("youth",), "taxonomy.Beneficiary"),
        Facet("scope", _("Scope"), ("national",), Scope, multiple=False),
        Facet("type", _("Practice type"), ("programme",), "taxonomy.PracticeType", multiple=False),
        Facet("language", _("Language"), ("ru",)),
        Facet(
            "year", _("Start year"), ("2022",), multiple=False, pattern=re.compile(r"(19|20)[0-9]{2}|2100")
        ),
        Facet("tag", _("Tag"), ("schools",), pattern=re.compile(r"[^\W_]+(-[^\W_]+)*")),
    )
}
LONGEST_VALUE = 100
