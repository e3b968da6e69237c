"""The URL of a comparison: two to four practices side by side."""

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

FEWEST, MOST = 2, 4


def compare_url(keys: Iterable[UUID], **more: str) -> str:
    """The address that compares these practices, in the active language; the same for whoever it is sent to."""
    pairs = [("key", str(key)) for key in keys] + list(more.items())
    return f"{reverse('insights:compare')}?{urlencode(pairs)}"


def read_keys(asked: Iterable[str]) -> tuple[list[UUID], list[str]]:
    """The keys of an address, each once and no more than can be compared, and what to tell of the rest."""
    keys: dict[UUID, None] = {}
    notices = []
    for value in asked:
        try:
            keys[UUID(value)] = None
        except ValueError:
            notices.append(gettext("A part of the address is not understood and was left out."))
    if len(keys) > MOST:
        notices.append(gettext("Four practices can be compared at once. The first four are shown."))
    return list(keys)[:MOST], list(dict.fromkeys(notices))
