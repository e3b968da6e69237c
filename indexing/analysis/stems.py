"""Stems of words: a Russian word by its normal forms and Snowball, an English one by Snowball.

The script of a word decides, whatever the language of its text. A word in another script is its own stem.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import pymorphy3
import snowballstemmer
from pymorphy3.units import DictionaryAnalyzer

FOLDER = Path(__file__).parent
LONGEST_TERM = 64
# Shorter stems would be one with a conjunction or a preposition: ИИ and и.
SHORTEST_STEM = 3
CYRILLIC = re.compile(r"[а-я]+")
LATIN = re.compile(r"[a-z][a-z0-9]*")
# Of the dictionary (OpenCorpora): parts of speech whose words a stemmer would make one with others, and what names are.
CLOSED_CLASSES = ("NPRO", "Apro", "PREP", "CONJ", "PRCL", "INTJ", "PRED")
NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr")
IZE = re.compile(r"(?<=[a-z]{2})([iy])z(e|es|ed|er|ers|ing|able|ation|ations|ational)$")
_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


def _read_list(name: str) -> dict[str, list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}


ENGLISH_BASES = _read_list("english.txt")
RUSSIAN_WORDS = frozenset(_read_list("russian.txt"))


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a normalised word, one for each reading of it, the shortest first: for стали, стал and стат.

    The first is its term where a word has one place: not the likeliest, but most forms of a word have it in common.
    """
    if CYRILLIC.fullmatch(word):
        found = {
            _stem(_russian, reading.base) if reading.inflects else reading.base for reading in readings(word)
        }
        return tuple(sorted(found, key=lambda stem: (len(stem), stem)))
    if LATIN.fullmatch(word):
        bases = ENGLISH_BASES.get(word) or _spelled_alike(word)
        return tuple(dict.fromkeys(_stem(_english, IZE.sub(r"\1s\2", base)) for base in bases))
    return (word[:LONGEST_TERM],)


class Reading(NamedTuple):
    """A word that another may be a form of: its nominative or infinitive, with е for ё.

    `inflects`: it has endings that a stemmer may cut; pronouns, prepositions and the like have none. `is_name`: it may be
    the name of a place, a person or an organisation, or an acronym.
    """

    base: str
    inflects: bool
    is_name: bool


@lru_cache(maxsize=5_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of a Cyrillic word: those of the dictionary, else what its ending lets one guess."""
    if len(word) == 1:
        return (Reading(word, inflects=False, is_name=False),)
    found = []
    for parse in _dictionary().parse(word[:LONGEST_TERM]):
        inflects, is_name = _kind_of_tag(str(parse.tag))
        is_known = isinstance(parse.methods_stack[0][0], DictionaryAnalyzer) and len(parse.methods_stack) == 1
        found.append(Reading(parse.normal_form.replace("ё", "е"), inflects, is_name or not is_known))
    listed = [reading for reading in found if reading.base in RUSSIAN_WORDS]
    return tuple(dict.fromkeys(listed or found))


@cache
def _kind_of_tag(tag: str) -> tuple[bool, bool]:
    """Return whether words with this tag of the dictionary inflect, and whether they may be names."""
    grammemes = set(re.split("[ ,]", tag))
    return grammemes.isdisjoint(CLOSED_CLASSES), not grammemes.isdisjoint(NAMES)


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
