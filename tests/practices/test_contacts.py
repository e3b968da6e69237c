"""The contacts of a practice have addresses that mail reaches."""

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from practices.blocks import ContactsBlock


@pytest.mark.parametrize(("email", "accepted"), [("office@straße.de", True), ("office@☺.la", False)])
def test_a_contact_has_an_address_that_mail_reaches(email, accepted):
    block = ContactsBlock().child_blocks["contact"]
    value = block.to_python({"role": "Office", "organisation": "", "email": email})
    if accepted:
        assert block.clean(value)["email"] == email
        return
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {"email"}
