"""E-mail addresses: a common key for the spellings of one mailbox, and the form that mail servers accept."""

import re
from email.header import Header
from email.utils import formataddr

from django.utils.encoding import punycode

QUOTED_PAIR = re.compile(r"\\(.)")
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


def ascii_address(email: str) -> str:
    """Return the address with its domain in ASCII. Raises ValueError if mail servers would not accept it."""
    local, _, domain = email.rpartition("@")
    address = f"{local}@{punycode(domain)}"  # UnicodeError, a ValueError, for a label that is too long
    if len(address) > LONGEST_ADDRESS:
        raise ValueError("The address is too long in ASCII.")
    return address


def canonical_address(email: str) -> str:
    """Return the one spelling of an address for comparing mailboxes: lower case, the domain in ASCII.

    Raises ValueError as `ascii_address` does.
    """
    return ascii_address(email.strip().lower())


def readable_address(email: str) -> str:
    """Return the address with its domain in the letters of its language."""
    local, _, domain = email.rpartition("@")
    try:
        return f"{local}@{domain.encode('ascii').decode('idna')}"
    except UnicodeError:  # not ASCII, or no label of IDNA: as it is
        return email


def named_address(name: str, email: str) -> str:
    """Return `name <email>` for a header of an e-mail, in ASCII and on one line.

    Django folds a long encoded name and then refuses its own line break (django.core.mail.message.sanitize_address).
    """
    address = ascii_address(email)
    if name.isascii():
        return formataddr((name, address))
    return f"{Header(name, 'utf-8').encode().replace(chr(10), '')} <{address}>"


def mailbox_key(email: str) -> str:
    """Return the key for counting mails to a mailbox: lower case, without a plus-part, the domain in ASCII.

    `Reader+news@Пример.рф` and `reader@xn--e1afmkfd.xn--p1ai` have the same key. Mail is sent to the address as it was
    typed, never to the key. Raises ValueError as `ascii_address` does.
    """
    local, _, domain = ascii_address(email.strip().casefold()).rpartition("@")
    if local.startswith('"'):  # a quoted local part is the same mailbox (RFC 5321, 4.1.2)
        local = QUOTED_PAIR.sub(r"\1", local[1:-1])
    return f"{local.partition('+')[0]}@{domain}"
