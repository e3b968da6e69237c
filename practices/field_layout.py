"""The parts of a practice, in the order and under the tabs where its author meets them.

One table: the editor is laid out by it, the meter counts it, and it says which parts a translator writes anew.
"""

from django.utils.translation import gettext_lazy as _

from practices.blocks.organisations import LEAD

# What an author must fill in to ask for review.
SNAPSHOT = (
    "title",
    "summary",
    "countries",
    "themes",
    "status",
    "challenge",
    "approach",
    "organisations",
    "sources",
    "contacts",
)

# Streams that need more than any block: of this type there must be one.
NEEDED_BLOCKS = {"organisations": LEAD}

# Tab: heading, and its groups of parts, each with a heading or none.
TABS: dict[str, tuple[object, list[tuple[object, tuple[str, ...]]]]] = {
    "snapshot": (_("Snapshot"), [("", SNAPSHOT)]),
    "facts": (
        _("Facts"),
        [
            (_("Image"), ("image", "image_alt", "image_credit")),
            (_("Where"), ("scope", "place", "latitude", "longitude")),
            (_("When"), ("start_year", "end_year")),
            (_("Class"), ("sdgs", "beneficiaries", "practice_type", "tags")),
        ],
    ),
    "story": (
        _("Story and evidence"),
        [("", ("objectives", "results", "indicators", "difficulties", "lessons", "evidence_level"))],
    ),
    "means": (
        _("Means"),
        [
            (_("Cost"), ("cost_range", "currency", "cost_note", "financing", "staff")),
            ("", ("legal_context",)),
            (_("Technology"), ("technology_readiness", "technology_licence", "connectivity")),
        ],
    ),
    "transfer": (
        _("Transfer"),
        [
            ("", ("transfer_rating", "preconditions", "adaptation_advice", "adopted_by")),
            (_("Lineage"), ("adopted_from", "adopted_year", "adaptation")),
        ],
    ),
    "care": (_("Care"), [("", ("last_verified", "reviewed_by", "content_licence", "slug"))]),
}
TAB_OF = {name: tab for tab, (_heading, groups) in TABS.items() for _group, names in groups for name in names}

# Empty for good reason in many a practice, so they do not count as missing.
MAY_BE_EMPTY = {
    "adaptation",
    "adopted_by",
    "adopted_from",
    "adopted_year",
    "content_licence",
    "cost_note",
    "currency",
    "end_year",
    "image_credit",
    "latitude",
    "longitude",
    "reviewed_by",
    "slug",
}

# What attests one text, or who answers for it: it holds for no copy, only for translations of the same practice.
ATTESTATION_FIELDS = (
    "evidence_level",
    "transfer_rating",
    "adopted_by",
    "contacts",
    "last_verified",
    "reviewed_by",
)

# What a translator writes anew.
TRANSLATED = (
    "title",
    "summary",
    "image_alt",
    "place",
    "challenge",
    "objectives",
    "approach",
    "results",
    "indicators",
    "difficulties",
    "lessons",
    "cost_note",
    "staff",
    "legal_context",
    "preconditions",
    "adaptation_advice",
    "adaptation",
    "organisations",
    "sources",
    "contacts",
)
# Facts: the same in every language. A translation takes them from its original.
SHARED = tuple(name for name in TAB_OF if name not in TRANSLATED)
