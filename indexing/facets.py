"""The facets, declared in one table that the query, the server's mapping, labels, the search page and the API read.

To add a facet, add a line here and its codes to the `SearchContent` of the pages that use it.
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

    `name` is the parameter of the query, `example` has codes for the API's documentation. `source` of codes and labels is
    a closed list or the label of a vocabulary's model; None if search.labels.SOURCES has a function for it.
    `multiple`: a record may have several codes. `pattern` is the form of codes that need not exist (None: the codes are a
    closed set). `expanded`: the facet is open when the search page loads.
    """

    name: str
    label: str | Promise
    example: tuple[str, ...]
    source: type[Choices] | str | None = None
    multiple: bool = True
    pattern: re.Pattern[str] | None = None
    expanded: bool = False

    def accepts(self, value: str, known_codes: frozenset[str]) -> bool:
        """Return whether `value` is a known code, or matches the pattern of the facet if it has one."""
        return value in known_codes or bool(self.pattern and self.pattern.fullmatch(value))


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
