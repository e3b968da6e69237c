from practices.blocks.approach import ApproachBlock, BuildingBlock
from practices.blocks.evidence import IndicatorBlock, IndicatorsBlock, SourceBlock, SourcesBlock
from practices.blocks.organisations import LeadBlock, OrganisationsBlock, PartnerBlock
from practices.blocks.people import ContactBlock, ContactsBlock

__all__ = [
    "ApproachBlock",
    "BuildingBlock",
    "ContactBlock",
    "ContactsBlock",
    "IndicatorBlock",
    "IndicatorsBlock",
    "LeadBlock",
    "OrganisationsBlock",
    "PartnerBlock",
    "SourceBlock",
    "SourcesBlock",
]
