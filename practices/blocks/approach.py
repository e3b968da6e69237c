"""How it was done: text and building blocks, each building block with what made it work."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import FigureBlock, ProseBlock, QuoteBlock


class BuildingBlock(blocks.StructBlock):
    """One part of the practice that another country could take over by itself, and what it needs."""

    name = blocks.CharBlock(label=_("Building block"), max_length=120)
    description = blocks.TextBlock(label=_("What was done"))
    enabling_factors = blocks.ListBlock(
        blocks.CharBlock(label=_("Enabling factor"), max_length=250), label=_("What made it work"), default=[]
    )

    class Meta:
        icon = "cogs"
        label = _("Building block")
        template = "components/blocks/building_block.html"
        preview_value = {
            "name": _("Shared procurement"),
            "description": _("Schools of one district buy their connection together, with one contract."),
            "enabling_factors": [_("A price ceiling agreed with the regulator")],
        }
        description = _("A part others could take over, with what made it work")


class ApproachBlock(blocks.StreamBlock):
    text = ProseBlock()
    building_block = BuildingBlock()
    quote = QuoteBlock()
    picture = FigureBlock()

    class Meta:
        required = False
