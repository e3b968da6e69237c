"""Names in any alphabet: one key for Тундук, Tunduk and Tündük.

The tables of the passports of the region and those of common use write a Cyrillic letter in several ways (ж is zh, j or
ž; х is kh, h or x). The key has one letter for all of them, so that a name need not be indexed in every spelling.
"""

import re
from functools import lru_cache

# Stands before a key in the field of variants, where the key of a name must not be taken for a word.
SOUND = "\ue001"
_CYRILLIC = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхцчшщыэ", "abvgdezziiklmnoprstufhccssie", strict=True))
    | {"ъ": "", "ь": "", "ю": "iu", "я": "ia"}
)
# Longer spellings first.
_LATIN = (
    ("shch", "s"), ("dzh", "z"), ("sch", "s"), ("kh", "h"), ("gh", "g"), ("zh", "z"), ("dj", "z"), ("ch", "c"), ("sh", "s"),
    ("ts", "c"), ("ph", "f"), ("ye", "e"), ("ck", "k"),
)  # fmt: skip
_LATIN_LETTERS = str.maketrans("xjqwy", "hzkvi")
_DOUBLED = re.compile(r"(.)\1+")
_IS_LATIN = re.compile(r"[a-z]+")
_IS_CYRILLIC = re.compile(r"[а-я]+")


@lru_cache(maxsize=5_000)
def sounds(word: str) -> tuple[str, ...]:
    """Return the keys of a normalised word, none if it is no Cyrillic or Latin word of two letters."""
    return tuple(dict.fromkeys(SOUND + _DOUBLED.sub(r"\1", letters) for letters in letter_by_letter(word)))


def letter_by_letter(word: str) -> tuple[str, ...]:
    """Return the keys of a word in which double letters are still double, without the mark of keys.

    A Latin c is read as ч, since ç has lost its mark, and as к.
    """
    if len(word) < 2:
        return ()
    if _IS_CYRILLIC.fullmatch(word):
        return (word.replace("дж", "ж").translate(_CYRILLIC),)
    if not _IS_LATIN.fullmatch(word):
        return ()
    return tuple(dict.fromkeys(_read(reading) for reading in (word, re.sub(r"c(?!h)", "k", word))))


def _read(word: str) -> str:
    for spelling, letter in _LATIN:
        word = word.replace(spelling, letter)
    return word.translate(_LATIN_LETTERS)
