"""The organisations of a practice. The type of the block is the role: who leads is asked for before review, partners are not."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from practices.ror import is_ror, ror_address

LEAD, PARTNER = "lead", "partner"
NOT_A_ROR = _(
    "This is not a ROR identifier. One looks like https://ror.org/02mhbdp94. Leave the field empty if there is none."
)


class RorField(forms.CharField):
    """An identifier of the Research Organization Registry, typed with or without its address; stored with it."""

    def to_python(self, value: object) -> str:
        return ror_address(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_ror(value):
            raise ValidationError(NOT_A_ROR, code="invalid")


class RorBlock(blocks.CharBlock):
    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        # Nobody searches for its digits.
        super().__init__(required=required, help_text=help_text, search_index=False, **kwargs)
        self.field = RorField(required=required, help_text=help_text, max_length=100)

    def get_translatable_segments(self, value: str) -> list[object]:
        """Return nothing: an identifier is the same in every language."""
        return []

    def restore_translated_segments(self, value: str, segments: list[object]) -> str:
        return value


class OrganisationBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("Organisation"), help_text=_("One organisation, under its official name."), max_length=300
    )
    ror = RorBlock(
        label=_("ROR identifier"),
        help_text=_("From ror.org, if the organisation is listed there: its name may change, this does not."),
        required=False,
        default="",
    )
    url = blocks.URLBlock(label=_("Website"), required=False, default="", max_length=1000)


class LeadBlock(OrganisationBlock):
    """An organisation that answers for the practice: an author where it is cited."""

    class Meta:
        icon = "user"
        label = _("Lead organisation")
        template = "components/blocks/lead.html"
        preview_value = {"name": _("Ministry of Education")}
        description = _("An organisation that answers for the practice: it is cited as its author")


class PartnerBlock(OrganisationBlock):
    """An organisation that takes part."""

    contribution = blocks.CharBlock(
        label=_("What it contributes"), required=False, default="", max_length=250
    )

    class Meta:
        icon = "group"
        label = _("Partner")
        template = "components/blocks/partner.html"
        preview_value = {"name": _("Regional university"), "contribution": _("Trains the trainers")}
        description = _("An organisation that takes part, and with what")


class OrganisationsBlock(blocks.StreamBlock):
    lead = LeadBlock()
    partner = PartnerBlock()

    class Meta:
        required = False
