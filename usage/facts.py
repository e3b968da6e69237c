"""What can be counted: plain values that have no place for anything of a person."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

# Characters of a text, and of the list of countries: some 80 codes, more than any practice names.
LONGEST_TEXT = 200
LONGEST_COUNTRIES = 250
# A text with this many digits may hold a telephone or passport number.
MOST_DIGITS = 4
AT_SIGNS = ("@", "%40")


class Event(models.TextChoices):
    SEARCH = "search", _("Searches")
    VAIN_SEARCH = "vain-search", _("Searches without a result")
    FILTER = "filter", _("Filters used")
    READ = "read", _("Practices read")
    DOWNLOAD = "download", _("Downloads")
    CITATION = "citation", _("Citations taken")
    ADOPTION = "adoption", _("Adoptions reported")
    ALERT = "alert", _("Alerts confirmed")
    # The number of texts that were kept for the first time: it limits how many are kept in a day.
    NEW_TEXT = "new-text", _("New search texts kept")


class Fact(NamedTuple):
    """Something that happened. `countries` are the codes of the practice's countries, joined by spaces.

    `record` is the key of the practice, `detail` a filter such as country=KZ or the format of a file.
    """

    event: str
    countries: str = ""
    record: str = ""
    detail: str = ""


class SearchText(NamedTuple):
    """What was searched for, and whether something was found."""

    text: str
    found: bool


class Count(NamedTuple):
    """A fact with day, language and whether a machine caused it: a row of DailyCount."""

    day: date
    language: str
    is_bot: bool
    fact: Fact


class TextCount(NamedTuple):
    """A text with day and language: a row of SearchedText."""

    day: date
    language: str
    text: str
    found: bool


def joined_countries(codes: Iterable[str]) -> str:
    """Return the codes in one order, joined by spaces, as many as fit."""
    joined = " ".join(sorted(codes))
    return joined if len(joined) <= LONGEST_COUNTRIES else joined[:LONGEST_COUNTRIES].rpartition(" ")[0]


def text_to_keep(text: str) -> str:
    """Return the text in one spelling, or "" if it may hold an e-mail address, a number of a person or a whole letter."""
    text = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    digits = sum(character.isdigit() for character in text)
    if digits > MOST_DIGITS or len(text) > LONGEST_TEXT or any(sign in text for sign in AT_SIGNS):
        return ""
    return text
