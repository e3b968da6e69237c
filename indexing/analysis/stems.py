"""Stems of words: a Russian word by its normal forms and Snowball, an English one by Snowball.

The script of a word decides, whatever the language of its text. A word in another script is its own stem.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import pymorphy3
import snowballstemmer

FOLDER = Path(__file__).parent
LONGEST_TERM = 64
# Shorter stems would be one with a conjunction or a preposition: ИИ and и.
SHORTEST_STEM = 3
CYRILLIC = re.compile(r"[а-я]+")
LATIN = re.compile(r"[a-z][a-z0-9]*")
IZE = re.compile(r"(?<=[a-z]{2})([iy])z(e|es|ed|er|ers|ing|able|ation|ations|ational)$")
_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


def _read_list(name: str) -> dict[str, list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}


ENGLISH_BASES = _read_list("english.txt")
RUSSIAN_WORDS = frozenset(_read_list("russian.txt"))


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a normalised word, one for each reading of it, the shortest first: for стали, стал and стат.

    The first is its term where a word has one place: not the likeliest, but most forms of a word have it in common.
    """
    if CYRILLIC.fullmatch(word):
        found = {_stem(_russian, base) for base in normal_forms(word)}
        return tuple(sorted(found, key=lambda stem: (len(stem), stem)))
    if LATIN.fullmatch(word):
        bases = ENGLISH_BASES.get(word) or _spelled_alike(word)
        return tuple(dict.fromkeys(_stem(_english, IZE.sub(r"\1s\2", base)) for base in bases))
    return (word[:LONGEST_TERM],)


@lru_cache(maxsize=100_000)
def normal_forms(word: str) -> tuple[str, ...]:
    """Return the nominatives and infinitives that a Cyrillic word may be a form of, with е for ё."""
    forms = [form.replace("ё", "е") for form in _dictionary().normal_forms(word[:LONGEST_TERM])]
    listed = [form for form in forms if form in RUSSIAN_WORDS]
    return tuple(dict.fromkeys(listed or forms))


def _spelled_alike(word: str) -> list[str]:
    """Return the American spelling of an inflected word of the list: colours, catalogued; else the word itself."""
    for ending in ("s", "ed", "d", "ing"):
        base = word.removesuffix(ending)
        if base != word and base in ENGLISH_BASES:
            return [spelling + ending for spelling in ENGLISH_BASES[base]]
    return [word]


def _stem(stemmer: "snowballstemmer.basestemmer.BaseStemmer", word: str) -> str:
    stem = str(stemmer.stemWord(word))
    return (stem if len(stem) >= SHORTEST_STEM else word)[:LONGEST_TERM]


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    """Return the dictionary, loaded in 0.1 s when the first Russian word is met: 25 MB."""
    return pymorphy3.MorphAnalyzer(lang="ru")
