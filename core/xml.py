"""What XML can hold."""

import re

# XML 1.0 has no place for the others, not even as references.
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_illegal_characters(text: str) -> str:
    """Return the text without the characters that XML has no place for."""
    return ILLEGAL.sub("", text)
