"""Text that is valid in XML."""

import re

# XML 1.0 does not allow other characters, not even as references.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_illegal_characters(text: str) -> str:
    """Return the text without characters that XML does not allow."""
    return ILLEGAL.sub("", text)
