"""Text analysis, in one place: records store these terms, every engine indexes them, and queries are parsed into them.

Words are case-folded, composed (NFC) and written with е for ё. A Cyrillic word is stemmed as Russian and a Latin one as
English, whatever the language of the text; any other word is not stemmed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LATIN = re.compile(r"[a-z]")
POSSESSIVE = re.compile(r"['’]s\b")
HYPHENS = re.compile(r"[-\u2010\u2011]")
CHUNK = re.compile(r'(-?)"([^"]*)"|(\S+)')
QUOTES = str.maketrans("“”„«»", '"""""')
LONGEST_TERM = 64
# Snowball strips the -ан of country names in -стан in some grammatical cases only; this gives each name one term.
COUNTRY_CASES = re.compile(
    r"(казахстан|кыргызстан|таджикистан|туркменистан|узбекистан|афганистан|пакистан|азербайджан)(?:а|у|ом|е)?"
)
# Separates two fields of a record, so that no phrase matches across them.
BARRIER = "\ue000"
# Bytes of terms in one record; a tsvector of PostgreSQL holds at most 1 MB.
LARGEST_RECORD = 400_000

_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


@dataclass(frozen=True)
class TextQuery:
    """A parsed search text. Each entry is a phrase of one or more terms."""

    required: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required or self.excluded)


def normalise(text: str) -> str:
    """Return the text case-folded, composed (NFC), with е for ё and without English possessives."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return POSSESSIVE.sub(" ", folded.replace("ё", "е"))


def tokens(text: str) -> list[str]:
    """Return the normalised words of `text`, not stemmed."""
    return [word[:LONGEST_TERM] for word in WORD.findall(normalise(text))]


def terms(text: str) -> list[str]:
    """Return the terms of `text` in order."""
    return [stem(word) for word in tokens(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the term of one normalised word."""
    if CYRILLIC.search(word):
        if case := COUNTRY_CASES.fullmatch(word):
            return case[1]
        return str(_russian.stemWord(word))
    if word.isascii() and LATIN.search(word):
        return str(_english.stemWord(word))
    return word


def parse_text(text: str) -> TextQuery:
    """Parse words, "phrases", hyphenated words (phrases too) and -exclusions; an unclosed quote is part of a word."""
    required: dict[tuple[str, ...], None] = {}
    excluded: dict[tuple[str, ...], None] = {}
    for minus, quoted, chunk in CHUNK.findall(text.translate(QUOTES)):
        if not chunk:
            phrases = [terms(quoted)]
        else:
            minus = "-" if chunk.startswith("-") else ""
            phrases = [terms(HYPHENS.sub(" ", part)) for part in _parts(chunk)]
        for phrase in phrases:
            if phrase:
                (excluded if minus else required)[tuple(phrase)] = None
    return TextQuery(tuple(required), tuple(excluded))


def _parts(chunk: str) -> list[str]:
    """Split a chunk without spaces at every sign except hyphens."""
    return re.split(r"[^\w\u2010\u2011-]|_", POSSESSIVE.sub(" ", chunk))


def join_terms(texts: Iterable[str]) -> str:
    """Return the terms of several fields as one string: spaces around each term, a barrier between fields."""
    return f" {f' {BARRIER} '.join(' '.join(terms(text)) for text in texts)} "


def truncate_columns(columns: list[str]) -> list[str]:
    """Return the columns, cut after a whole term if together they exceed LARGEST_RECORD."""
    bytes_left, truncated = LARGEST_RECORD, []
    for column in columns:
        raw = column.encode()
        if len(raw) > bytes_left:
            raw = raw[: raw.rfind(b" ", 0, bytes_left) + 1] or b" "
        bytes_left -= len(raw)
        truncated.append(raw.decode())
    return truncated
