"""Who stands behind a practice. Addresses are for the relay form only: no template shows them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.mailbox import validate_address


class ContactBlock(blocks.StructBlock):
    """Whom a reader's message reaches."""

    role = blocks.CharBlock(label=_("Role or name"), max_length=150)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False, default="", max_length=200)
    email = blocks.EmailBlock(
        label=_("E-mail address"), help_text=_("Never shown: readers write through a form on the portal.")
    )

    def clean(self, value: Any) -> Any:
        """Refuse an address that no mail would reach."""
        cleaned = super().clean(value)
        try:
            if cleaned["email"]:  # a draft may lack it
                validate_address(cleaned["email"])
        except ValidationError as error:
            raise StructBlockValidationError({"email": error}) from error
        return cleaned

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "components/blocks/contact.html"
        preview_value = {"role": _("Project office"), "organisation": _("Ministry of Education")}
        description = _("Whom a reader's message reaches; the address is never shown")


class ContactsBlock(blocks.StreamBlock):
    contact = ContactBlock()

    class Meta:
        required = False
