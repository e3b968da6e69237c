"""Check the lines of a group of synonyms: what search would not read as one word or phrase is refused, with the reason."""

import re
import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_LINE = 100
# A letter or a digit.
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"(?<=[^\W_])['’‘`ʻʼ´](?=[^\W_])")
# reason -> what a line of this kind has, and what to write instead; the first that applies is said.
PATTERNS: list[tuple[re.Pattern[str], str | Promise]] = [
    (
        re.compile(r"<[^>]*>|</?\w|&#?\w+;"),
        _("Line %(number)d: “%(line)s” contains HTML. Enter plain text."),
    ),
    (
        re.compile(r"[,;|](?!\d)"),
        _("Line %(number)d: “%(line)s” looks like a list. Enter each word or phrase on its own line."),
    ),
    (
        re.compile(r'["“”„«»]'),
        _("Line %(number)d: “%(line)s” contains quotation marks. A line is a phrase without them."),
    ),
    (
        re.compile(r"\*"),
        _("Line %(number)d: “%(line)s” contains an asterisk. Enter whole words."),
    ),
    (
        re.compile(r"(^|\s)[-‐‑–—−]+(?=\w)"),
        _("Line %(number)d: “%(line)s” contains a word with a minus before it. A synonym excludes nothing."),
    ),
]
NO_WORD = _("Line %(number)d: “%(line)s” contains no letters or digits.")
ONE_CHARACTER = _("Line %(number)d: “%(line)s” is a single character, which nearly every text contains.")
TOO_LONG = _("Line %(number)d is longer than %(most)d characters: “%(line)s”.")
REPEATED = _("Line %(number)d: “%(line)s” is the same as “%(other)s”.")
SHOWN = 40  # of a line, in a message


def refuse_unreadable(fields: dict[str, str]) -> None:
    """Raise ValidationError for each field with a line that search would not read as one word or phrase.

    `fields` are texts by field, a synonym a line; no synonym may occur twice, in whichever fields and case.
    """
    seen: dict[str, str] = {}
    errors = {field: list(_errors(text, seen)) for field, text in fields.items()}
    if any(errors.values()):
        raise ValidationError({field: found for field, found in errors.items() if found})


def _errors(text: str, seen: dict[str, str]) -> Iterator[ValidationError]:
    for number, raw in enumerate(text.splitlines(), start=1):
        if not (line := " ".join(raw.split())):
            continue
        shown = {"number": number, "line": line if len(line) <= SHOWN else f"{line[:SHOWN]}…"}
        if message := _fault(line):
            yield ValidationError(str(message), params=shown | {"most": LONGEST_LINE})
        elif (other := seen.setdefault(_plain(line), line)) is not line:
            yield ValidationError(REPEATED, params=shown | {"other": other})


def _fault(line: str) -> str | Promise | None:
    """Return the message for a line that is no single word or phrase."""
    if len(line) > LONGEST_LINE:
        return TOO_LONG
    for pattern, message in PATTERNS:
        if pattern.search(line):
            return message
    words = WORD.findall(line)
    if not words:
        return NO_WORD
    return ONE_CHARACTER if len("".join(words)) == 1 else None


def _plain(line: str) -> str:
    """Return the words of a line without case, accents of composition and apostrophes; a hyphen stays."""
    folded = unicodedata.normalize("NFKC", APOSTROPHES.sub("", line)).casefold()
    return " ".join(re.findall(r"[^\W_]+(?:[-‐‑][^\W_]+)*", folded))
