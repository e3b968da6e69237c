"""Chunks: a word as it stands in a text, hyphens and all, and the terms by which it is found.

X-Road, e-government, eGov and 4G are found as typed, joined and parted, in the text as in the query.
"""

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

from indexing.analysis.letters import HYPHENS, WORD, normalise, with_latin_letter
from indexing.analysis.sounds import sounds
from indexing.analysis.stems import CYRILLIC, LATIN, LONGEST_TERM, readings, stems

HYPHEN = re.compile(f"[{re.escape(HYPHENS)}]")
# Where a word was joined: between e and G in eGov, between 4 and G in 4G.
SEAM = re.compile(
    r"(?<=[a-zа-яёəıүұөәқңғһі])(?=[A-ZА-ЯЁƏİҮҰӨӘҚҢҒҺІ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)
# A word of so many capitals is taken for an acronym, and any word as short may be one typed in small letters.
ACRONYM = range(2, 6)
# Stands before an acronym in the field of variants, so that IT can be told from it.
ACRONYM_MARK = "\ue003"
# Of a chunk with more it is no joined word, but a row of words or dashes.
MOST_JOINED = 6


class Word(NamedTuple):
    """A word of a chunk: normalised, its term in fields with one term for each word, its other terms.

    `is_acronym`: it stands there in capitals.
    """

    text: str
    term: str
    others: tuple[str, ...]
    is_acronym: bool

    @property
    def sounds(self) -> tuple[str, ...]:
        """Return the keys of sound of a word that may be a name; few words of a text are asked for them."""
        return _sounds(self.text)


class Chunk(NamedTuple):
    """A chunk's words; the terms of the whole written as one word; the words of which one written together consists."""

    words: tuple[Word, ...]
    joined: tuple[str, ...]
    parted: tuple[str, ...]
    is_capitalised: bool

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(word.term for word in self.words)

    @property
    def is_latin(self) -> bool:
        return all(LATIN.fullmatch(word.text) for word in self.words)

    @property
    def variants(self) -> tuple[str, ...]:
        """Return what the chunk is found by besides its terms, without sounds."""
        others = (other for word in self.words for other in word.others)
        acronyms = (ACRONYM_MARK + word.text for word in self.words if word.is_acronym)
        return (*others, *acronyms, *self.joined, *self.parted)

    @property
    def sounds(self) -> tuple[str, ...]:
        whole = sounds("".join(word.text for word in self.words)) if len(self.words) > 1 else ()
        return (*(sound for word in self.words for sound in word.sounds), *whole)


@lru_cache(maxsize=5_000)
def analyse(text: str) -> Chunk:
    """Return the terms of one match of `letters.CHUNK`."""
    parts = HYPHEN.split(text)
    if len(parts) > 1:
        parts = HYPHEN.split(with_latin_letter(text))
    words = [word for part in parts for word in _words(part)]
    joined = dict.fromkeys(stem for joint in _joints([word.text for word in words]) for stem in stems(joint))
    parted = [] if len(words) != 1 else parts_of(text)
    return Chunk(
        words=tuple(words),
        joined=tuple(joined),
        parted=tuple(stems(part)[0] for part in parted),
        is_capitalised=text[0].isupper(),
    )


def parts_of(text: str) -> list[str]:
    """Return the normalised parts of a word in which capitals or digits show where it was joined; none for other words."""
    if text.isalpha() and text[1:].islower():
        return []
    parts = [word for part in SEAM.split(text) for word in WORD.findall(normalise(part))]
    return parts if len(parts) > 1 else []


def _words(part: str) -> list[Word]:
    texts = WORD.findall(normalise(part))
    is_acronym = len(texts) == 1 and part.isupper() and len(texts[0]) in ACRONYM
    return [_word(text, is_acronym) for text in texts]


def _word(text: str, is_acronym: bool) -> Word:
    text = text[:LONGEST_TERM]
    found = stems(text)
    if is_acronym:
        return Word(text, text, tuple(stem for stem in found if stem != text), is_acronym)
    return Word(text, found[0], found[1:], is_acronym)


@lru_cache(maxsize=5_000)
def _sounds(text: str) -> tuple[str, ...]:
    """Return the keys of a word that may be a name, and of what it may be a form of."""
    bases = [text]
    if CYRILLIC.fullmatch(text):
        names = [reading.base for reading in readings(text) if reading.is_name]
        bases = [text, *names] if names else []
    return tuple(dict.fromkeys(sound for base in bases for sound in sounds(base)))


def _joints(texts: list[str]) -> list[str]:
    """Return the words of a hyphenated one written together: all of them, and each with the next."""
    if not 2 <= len(texts) <= MOST_JOINED:
        return []
    pairs = [first + second for first, second in itertools.pairwise(texts)]
    return list(dict.fromkeys(["".join(texts)[:LONGEST_TERM], *(pair[:LONGEST_TERM] for pair in pairs)]))
