"""How sure we are: measured figures and sources."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

YEAR = [MinValueValidator(1900), MaxValueValidator(2100)]


class IndicatorBlock(blocks.StructBlock):
    """One measured figure with its unit, year and source; without these it says nothing."""

    name = blocks.CharBlock(label=_("What was measured"), max_length=150)
    baseline = blocks.CharBlock(label=_("Before"), required=False, default="", max_length=40)
    value = blocks.CharBlock(label=_("Value"), max_length=40)
    unit = blocks.CharBlock(label=_("Unit"), required=False, default="", max_length=60)
    year = blocks.IntegerBlock(label=_("Year"), required=False, validators=YEAR)
    source = blocks.CharBlock(label=_("Source"), required=False, default="", max_length=250)

    class Meta:
        icon = "order"
        label = _("Indicator")
        template = "components/blocks/indicator.html"
        preview_value = {
            "name": _("Schools connected"),
            "baseline": "41",
            "value": "97",
            "unit": "%",
            "year": 2025,
        }
        description = _("A measured figure with unit, year and source")


class SourceBlock(blocks.StructBlock):
    """A source where readers can check the practice."""

    title = blocks.CharBlock(label=_("Title"), max_length=300)
    publisher = blocks.CharBlock(label=_("Publisher"), required=False, default="", max_length=200)
    url = blocks.URLBlock(label=_("Address"), required=False, max_length=1000)
    year = blocks.IntegerBlock(label=_("Year"), required=False, validators=YEAR)

    class Meta:
        icon = "link"
        label = _("Source")
        template = "components/blocks/source.html"
        preview_value = {"title": _("Annual report"), "publisher": _("Ministry of Education"), "year": 2025}
        description = _("A document or page where a reader can check the facts")


class IndicatorsBlock(blocks.StreamBlock):
    indicator = IndicatorBlock()

    class Meta:
        required = False


class SourcesBlock(blocks.StreamBlock):
    source = SourceBlock()

    class Meta:
        required = False
