"""The URL of a comparison: two to four practices side by side."""

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

MIN_PRACTICES, MAX_PRACTICES = 2, 4


def compare_url(keys: Iterable[UUID], **parameters: str) -> str:
    """Return the URL of the comparison of these practices, in the active language."""
    pairs = [("key", str(key)) for key in keys] + list(parameters.items())
    return f"{reverse('insights:compare')}?{urlencode(pairs)}"


def parse_keys(values: Iterable[str]) -> tuple[list[UUID], list[str]]:
    """Return the valid keys without duplicates, at most MAX_PRACTICES, and notices about the others."""
    keys: dict[UUID, None] = {}
    notices = []
    for value in values:
        try:
            keys[UUID(value)] = None
        except ValueError:
            notices.append(gettext("A part of the address is not understood and was left out."))
    if len(keys) > MAX_PRACTICES:
        notices.append(gettext("Four practices can be compared at once. The first four are shown."))
    return list(keys)[:MAX_PRACTICES], list(dict.fromkeys(notices))
