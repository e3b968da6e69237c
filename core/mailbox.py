"""One mailbox in its many spellings."""

from django.utils.encoding import punycode


def mailbox_key(email: str) -> str:
    """Return the key by which a mailbox is counted: in lower case, without a plus-part, the domain in ASCII.

    `Reader+news@Пример.рф` and `reader@xn--e1afmkfd.xn--p1ai` have the same key. Mail is sent to the address as it was
    typed, never to the key.
    """
    local, _, domain = email.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{punycode(domain)}"
