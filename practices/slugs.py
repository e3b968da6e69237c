"""The slug of a practice: Latin letters, whatever alphabet its title is in."""

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from core.slugs import cut_at_word


def latin_slug(title: str) -> str:
    """Return a slug for any title, cut after a whole word."""
    return cut_at_word(slugify(string_to_ascii(title))) or "practice"
