"""A practice as a kind of record: what search, exports and the API read of it."""

from django.db.models import Choices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from indexing.kinds import Fact, Kind, Label, Text
from practices.content import FACT_TAGS, FACTS, ORDER, PARTS, PLACE
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
TAG_LABELS = {"connection": _("Connection"), "cost": _("Cost")}
# A fact -> the prefix of its tags.
TAGS = {name: prefix for prefix, name in FACT_TAGS.items()}
LABELLED = (
    "title",
    "summary",
    "start_year",
    "adopted_by",
    "adopted_from",
    "last_verified",
    "content_licence",
)


def _label(name: str) -> Label:
    return capfirst(PracticePage._meta.get_field(name).verbose_name)


PRACTICE = Kind(
    code=PracticePage.search_kind,
    label=_("Practice"),
    models=(PracticePage,),
    texts=tuple(Text(name, _label(name), is_list=name in PARTS) for name in ORDER),
    facts=tuple(
        Fact(
            name, _label(name), CHOICES.get(name), TAGS.get(name, ""), TAG_LABELS.get(TAGS.get(name, ""), "")
        )
        for name in (*FACTS, *PLACE)
    ),
    labels={name: _label(name) for name in LABELLED},
)
