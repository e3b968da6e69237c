"""Identifiers of organisations from the Research Organization Registry (https://ror.readme.io/docs/identifier)."""

import re

PREFIX = "https://ror.org/"
# 0, six characters of Crockford's base 32, two digits that check them.
PATTERN = re.compile(
    r"(?:(?:https?://)?(?:www\.)?ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?", re.IGNORECASE
)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def ror_address(text: str) -> str:
    """Return the identifier as the URL that the registry asks for; another text as it is."""
    found = PATTERN.fullmatch(text.strip())
    return PREFIX + found[1].lower() if found else text


def is_ror(address: str) -> bool:
    """Return whether this is an identifier as an URL, its check digits right (ISO/IEC 7064, MOD 97-10)."""
    identifier = address.removeprefix(PREFIX)
    if not PATTERN.fullmatch(identifier) or address != PREFIX + identifier:
        return False
    number = 0
    for character in identifier[1:7]:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return f"{98 - number * 100 % 97:02d}" == identifier[7:]
