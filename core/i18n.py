"""The languages of the portal and the one that is active."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from core.language_codes import DEFAULT_LANGUAGE

CYRILLIC, LATIN = re.compile("[а-яё]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


def active_language() -> str:
    """Return the code of the active language, or of the default language if none is active."""
    return get_language() or DEFAULT_LANGUAGE


def lang_attribute(language: str, reader: str) -> SafeString:
    """Return ` lang="ru"` for a text that is not in the reader's language, else nothing."""
    return format_html(' lang="{}"', language) if language != reader else SafeString("")


def language_by_letters(text: str, otherwise: str) -> str:
    """Return the language of a text of which nobody said it, such as a tag: what its letters tell, `otherwise` without any."""
    if CYRILLIC.search(text):
        return "ru"
    return "en" if LATIN.search(text) else otherwise


def only_in(language: str) -> str:
    """Return the notice for a practice that is published in `language` only, '' for an unknown language."""
    notices = {
        "en": gettext("This practice is published in English only. Its text is shown in English."),
        "ru": gettext("This practice is published in Russian only. Its text is shown in Russian."),
    }
    return notices.get(language, "")
