from practices.blocks.approach import ApproachBlock, BuildingBlock
from practices.blocks.evidence import IndicatorBlock, IndicatorsBlock, SourceBlock, SourcesBlock
from practices.blocks.people import ContactBlock, ContactsBlock, PartnerBlock, PartnersBlock

__all__ = [
    "ApproachBlock",
    "BuildingBlock",
    "ContactBlock",
    "ContactsBlock",
    "IndicatorBlock",
    "IndicatorsBlock",
    "PartnerBlock",
    "PartnersBlock",
    "SourceBlock",
    "SourcesBlock",
]
