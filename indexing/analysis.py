"""Analysis happens once, here: the same terms are kept in the record, indexed by every engine and asked for.

Words are case-folded, composed (NFC) and written with е for ё; a Cyrillic word is stemmed as Russian, a Latin one
as English, whatever the language of the text around it; anything else stands as it is.
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
# Snowball takes the -ан of a -стан name for an ending in some cases only; here each name has one term in all of them.
COUNTRY_CASES = re.compile(
    r"(казахстан|кыргызстан|таджикистан|туркменистан|узбекистан|афганистан|пакистан|азербайджан)(?:а|у|ом|е)?"
)
# Stands between two fields of a record, so that no phrase can reach from one into the next.
BARRIER = "\ue000"
# What one record may hold, in bytes of terms: PostgreSQL takes 1 MB in one tsvector.
LARGEST_RECORD = 400_000

_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


@dataclass(frozen=True)
class TextQuery:
    """What a text asks for: each entry is a phrase of one or more terms."""

    required: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required or self.excluded)


def normalise(text: str) -> str:
    """Case-folded, composed, ё as е, no English possessive."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return POSSESSIVE.sub(" ", folded.replace("ё", "е"))


def tokens(text: str) -> list[str]:
    """The normalised words of `text` as they are written, unstemmed."""
    return [word[:LONGEST_TERM] for word in WORD.findall(normalise(text))]


def terms(text: str) -> list[str]:
    """The terms of `text` in order."""
    return [stem(word) for word in tokens(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The term of one normalised word."""
    if CYRILLIC.search(word):
        if case := COUNTRY_CASES.fullmatch(word):
            return case[1]
        return str(_russian.stemWord(word))
    if word.isascii() and LATIN.search(word):
        return str(_english.stemWord(word))
    return word


def parse_text(text: str) -> TextQuery:
    """Read words, "phrases", hyphenated words (phrases too) and -exclusions; an unclosed quote is a word."""
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
    """The words of a chunk without spaces: what a hyphen joins stays together, any other sign separates."""
    return re.split(r"[^\w\u2010\u2011-]|_", POSSESSIVE.sub(" ", chunk))


def joined(texts: Iterable[str]) -> str:
    """The terms of several fields as one string, a space on either side of each term, a barrier between fields."""
    return f" {f' {BARRIER} '.join(' '.join(terms(text)) for text in texts)} "


def bounded(columns: list[str]) -> list[str]:
    """The columns, cut after a whole term where together they are over what one record may hold."""
    left, kept = LARGEST_RECORD, []
    for column in columns:
        raw = column.encode()
        if len(raw) > left:
            raw = raw[: raw.rfind(b" ", 0, left) + 1] or b" "
        left -= len(raw)
        kept.append(raw.decode())
    return kept
