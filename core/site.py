"""The portal's own name."""

from functools import cache

from django.conf import settings
from django.utils.translation import override


@cache
def portal_name(language: str) -> str:
    """What the portal is called in that language."""
    with override(language):
        return str(settings.WAGTAIL_SITE_NAME)
