"""The portal's own name and host."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import override


@cache
def portal_name(language: str) -> str:
    """Return the portal's name in that language."""
    with override(language):
        return str(settings.WAGTAIL_SITE_NAME)


def site_host() -> str:
    """Return the host name in SITE_ADDRESS."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
