"""Blocks of text for any page."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

PROSE_FEATURES = ["h3", "bold", "italic", "link", "ol", "ul"]


class ProseBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", PROSE_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "components/blocks/prose.html"
        preview_value = format_lazy(
            "<p>{}</p>", _("Teachers of the district met every week to try the lessons on each other first.")
        )
        description = _("Paragraphs, lists and links")


class QuoteBlock(blocks.StructBlock):
    """A quotation with its author and their role."""

    text = blocks.TextBlock(label=_("Quotation"), max_length=400)
    who = blocks.CharBlock(label=_("Who said it"), help_text=_("A role or an organisation"), max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "components/blocks/quote.html"
        preview_value = {
            "text": _("The road was closed, the line was not."),
            "who": _("Head of a village school"),
        }
        description = _("A short quotation with the role of the person")


class FigureBlock(blocks.StructBlock):
    """A picture with alternative text and credit."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("Description for people who cannot see it"), max_length=200)
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=250)
    credit = blocks.CharBlock(label=_("Credit"), required=False, default="", max_length=150)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "components/blocks/figure.html"
        preview_value = {
            "caption": _("A mast of the community network"),
            "credit": _("Community of the valley"),
        }
        description = _("A picture with description and credit")
