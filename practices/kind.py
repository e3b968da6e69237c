"""A practice as a kind of record: what search, exports and the API read of it."""

from datetime import date

from django.db.models import Choices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from indexing.facets import FACETS
from indexing.kinds import Fact, ForeignTypes, Kind, Label, Text
from practices.comparison import COMPARISON
from practices.content import FACT_TAGS, FACTS, PLACE, TEXT_FIELDS_IN_ORDER
from practices.models import PracticePage
from taxonomy.choices import (
    Connectivity,
    ContentLicence,
    CostRange,
    Financing,
    TechnologyLicence,
    TransferRating,
)

CHOICES: dict[str, type[Choices]] = {
    "cost_range": CostRange,
    "financing": Financing,
    "technology_licence": TechnologyLicence,
    "connectivity": Connectivity,
    "transfer_rating": TransferRating,
    "content_licence": ContentLicence,
}
TYPES: dict[str, type] = {
    "end_year": int,
    "adopted_year": int,
    "technology_readiness": int,
    "latitude": float,
    "longitude": float,
    "last_verified": date,
}
LISTS: dict[str, dict[str, type]] = {
    "sources": {"title": str, "publisher": str, "url": str, "year": int},
    "partners": {"name": str, "contribution": str},
    "organisations": {"role": str, "name": str, "ror": str, "url": str},
    "indicators": {"name": str, "value": str, "baseline": str, "unit": str, "year": int, "source": str},
}
TAG_LABELS = {"connection": _("Connection"), "cost": _("Cost")}
# A fact -> the prefix of its tags.
TAGS = {name: prefix for prefix, name in FACT_TAGS.items()}
LABELLED = ("title", "summary", "start_year", "adopted_by", "adopted_from", "content_licence")
BRIEF = {
    "challenge": _("The challenge"),
    "approach": _("What was done"),
    "results": _("Results"),
    "difficulties": _("What failed, and what was difficult"),
    "lessons": _("Lessons"),
    "adaptation_advice": _("Advice for those who adopt it"),
}


# Texts that are made of the organisations of a page.
ORGANISATION_LABELS = {"lead_organisation": _("Lead organisation"), "partners": _("Partners")}


def _label(name: str) -> Label:
    return ORGANISATION_LABELS.get(name) or capfirst(PracticePage._meta.get_field(name).verbose_name)


def _fact(name: str) -> Fact:
    tag = TAGS.get(name, "")
    return Fact(
        name, _label(name), CHOICES.get(name), tag, TAG_LABELS.get(tag, ""), type=TYPES.get(name, str)
    )


PRACTICE = Kind(
    code=PracticePage.search_kind,
    label=_("Practice"),
    label_plural=_("Practices"),
    models=(PracticePage,),
    facets=tuple(name for name in FACETS if name not in ("kind", "language")),
    texts=tuple(Text(name, _label(name)) for name in TEXT_FIELDS_IN_ORDER),
    facts=tuple(_fact(name) for name in (*FACTS, *PLACE, "last_verified")),
    lists=LISTS,
    labels={name: _label(name) for name in LABELLED},
    brief=BRIEF,
    comparison=COMPARISON,
    types=ForeignTypes(
        schema_org="Report",
        csl="webpage",
        ris="ELEC",
        bibtex="misc",
        datacite_general="Text",
        datacite="Good practice",
    ),
    gone_template="pages/practice_gone.html",
)
