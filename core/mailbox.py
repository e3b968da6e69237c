"""E-mail addresses: a common key for the spellings of one mailbox, and the form that mail servers accept."""

import re
from email.header import Header
from email.utils import formataddr, parseaddr

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode

QUOTED_PAIR = re.compile(r"\\(.)")
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


def ascii_domain(domain: str) -> str:
    """Return the domain as the name servers know it. Raises ValueError if it has no such form.

    By IDNA 2008 ß and ς are letters of their own; Django and Python follow IDNA 2003, by which `straße.de` is `strasse.de`,
    another domain. What is in ASCII stays as it is: some domains, as those of emoji, are valid by IDNA 2003 alone.
    """
    if domain.isascii():
        return punycode(domain)  # only checks the lengths
    return idna.encode(domain, uts46=True).decode("ascii")


def ascii_address(email: str) -> str:
    """Return the address with its domain in ASCII. Raises ValueError if mail servers would not accept it."""
    local, _, domain = email.rpartition("@")
    address = f"{local}@{ascii_domain(domain)}"
    if len(address) > LONGEST_ADDRESS:
        raise ValueError("The address is too long in ASCII.")
    return address


def validate_address(email: str) -> None:
    """Accept what Django accepts of the address in ASCII. Raises ValidationError."""
    try:
        EmailValidator()(ascii_address(email))
    except ValueError as error:
        raise ValidationError(EmailValidator.message, code="invalid") from error


def canonical_address(email: str) -> str:
    """Return the one spelling of an address for comparing mailboxes: lower case, the domain in ASCII.

    Raises ValueError as `ascii_address` does.
    """
    return ascii_address(
        email.strip()
    ).lower()  # not before: the lower case of a final Σ is ς, another domain


def readable_address(email: str) -> str:
    """Return the address with its domain in the letters of its language."""
    local, _, domain = email.rpartition("@")
    try:
        return f"{local}@{idna.decode(domain)}"
    except UnicodeError:  # not a name by IDNA 2008: as it is
        return email


def named_address(name: str, email: str) -> str:
    """Return `name <email>` for a header of an e-mail, in ASCII and on one line.

    Django folds a long encoded name and then refuses its own line break (django.core.mail.message.sanitize_address).
    """
    address = ascii_address(email)
    if name.isascii():
        return formataddr((name, address))
    return f"{Header(name, 'utf-8').encode().replace(chr(10), '')} <{address}>"


def plain_ascii(address: str) -> str:
    """Return an address of an e-mail, with or without a name, with its domain in ASCII.

    A domain that has no such form is left to Django.
    """
    try:
        return address if address.isascii() else named_address(*parseaddr(address))
    except ValueError:
        return address


def mailbox_key(email: str) -> str:
    """Return the key for counting mails to a mailbox: lower case, without a plus-part, the domain in ASCII.

    `Reader+news@Пример.рф` and `reader@xn--e1afmkfd.xn--p1ai` have the same key. Mail is sent to the address as it was
    typed, never to the key. Raises ValueError as `ascii_address` does.
    """
    local, _, domain = canonical_address(email).rpartition("@")
    if local.startswith('"'):  # a quoted local part is the same mailbox (RFC 5321, 4.1.2)
        local = QUOTED_PAIR.sub(r"\1", local[1:-1])
    return f"{local.partition('+')[0]}@{domain}"
