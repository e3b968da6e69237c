"""Stems of words: a Russian word by its normal forms in the dictionary, one that it lacks and an English one by Snowball.

The script of a word decides, whatever the language of its text. A word in another script is its own stem.
"""

import re
import sys
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
# "Данные" is a noun and an adjective; that it is also what somebody has given connects it with every form of "дать".
PARTICIPLES, WORDS_OF_THEIR_OWN = ("PRTF", "PRTS"), ("NOUN", "ADJF")
# Of a word's readings in the texts that the dictionary counted: "день" as "hide it!" has 0.006, "стали" as steel 0.025.
RAREST_READING = 0.01
IZE = re.compile(r"(?<=[a-z]{2})([iy])z(e|es|ed|er|ers|ing|able|ation|ations|ational)$")
_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


def _read_list(name: str) -> dict[str, list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}


ENGLISH_BASES = _read_list("english.txt")
ENGLISH_FUNCTION_WORDS = frozenset((FOLDER / "function_words.txt").read_text(encoding="utf-8").split())
RUSSIAN_WORDS = frozenset(_read_list("russian.txt"))


def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a normalised word, one for each reading of it, the likeliest first: for стали, стать and сталь.

    The first is its term where a word has one place. Snowball would make one word of почта and почти, so it stems only what
    the dictionary lacks, whose normal form is a guess.
    """
    return tuple(_joined_stems(word).split(" "))


@lru_cache(maxsize=50_000)
def _joined_stems(word: str) -> str:
    """Return the stems with a space between two; a string that the forms of a word share, for a rebuild keeps many."""
    if CYRILLIC.fullmatch(word):
        found = [_stem_of(reading) for reading in readings(word)]
    elif LATIN.fullmatch(word):
        bases = ENGLISH_BASES.get(word) or _spelled_alike(word)
        found = [_stem(_english, IZE.sub(r"\1s\2", base)) for base in bases]
    else:
        found = [word[:LONGEST_TERM]]
    return sys.intern(" ".join(dict.fromkeys(found)))


class Reading(NamedTuple):
    """A word that another may be a form of: its nominative or infinitive, with е for ё.

    `is_known`: the dictionary has it, or one of our lists. `inflects`: it has endings that a stemmer may cut; pronouns,
    prepositions and the like have none. `is_name`: it may be the name of a place, a person or an organisation, or an acronym.
    """

    base: str
    is_known: bool
    inflects: bool
    is_name: bool


@lru_cache(maxsize=2_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of a Cyrillic word, the likeliest first: those of the dictionary, else what its ending lets guess."""
    if len(word) == 1:
        return (Reading(word, is_known=True, inflects=False, is_name=False),)
    found: dict[Reading, float] = {}
    parses = _dictionary().parse(word[:LONGEST_TERM])
    kinds = [_kind_of_tag(str(parse.tag)) for parse in parses]
    is_its_own = any(kind.is_word_of_its_own for kind in kinds)
    for parse, kind in zip(parses, kinds, strict=True):
        if kind.is_participle and is_its_own:
            continue
        methods = parse.methods_stack
        is_known = len(methods) == 1 and isinstance(methods[0][0], DictionaryAnalyzer)
        base = parse.normal_form.replace("ё", "е")
        reading = Reading(
            base, is_known or base in RUSSIAN_WORDS, kind.inflects, kind.is_name or not is_known
        )
        found[reading] = found.get(reading, 0) + parse.score
    listed = {reading: score for reading, score in found.items() if reading.base in RUSSIAN_WORDS} or found
    ranked = sorted(listed, key=lambda reading: (-round(listed[reading], 3), len(reading.base), reading.base))
    return tuple(reading for reading in ranked if listed[reading] >= RAREST_READING) or tuple(ranked[:1])


def _stem_of(reading: Reading) -> str:
    is_guess = reading.inflects and not reading.is_known
    return _stem(_russian, reading.base) if is_guess else reading.base[:LONGEST_TERM]


def is_function_word(word: str) -> bool:
    """Return whether a normalised word is a pronoun, a preposition or the like, and nothing else."""
    if CYRILLIC.fullmatch(word):
        return not any(reading.inflects for reading in readings(word))
    return word in ENGLISH_FUNCTION_WORDS


def is_russian_word(word: str) -> bool:
    """Return whether the dictionary, or our list, has a normalised word, in whatever form."""
    return bool(CYRILLIC.fullmatch(word)) and any(reading.is_known for reading in readings(word))


class TagKind(NamedTuple):
    """What a tag of the dictionary says of a word: whether it inflects, and what it may be."""

    inflects: bool
    is_name: bool
    is_participle: bool
    is_word_of_its_own: bool


@cache
def _kind_of_tag(tag: str) -> TagKind:
    grammemes = set(re.split("[ ,]", tag))
    return TagKind(
        inflects=grammemes.isdisjoint(CLOSED_CLASSES),
        is_name=not grammemes.isdisjoint(NAMES),
        is_participle=not grammemes.isdisjoint(PARTICIPLES),
        is_word_of_its_own=not grammemes.isdisjoint(WORDS_OF_THEIR_OWN),
    )


def _spelled_alike(word: str) -> list[str]:
    """Return the American spelling of an inflected word of the list: colours, practising; else the word itself."""
    for ending in ("s", "ed", "d", "ing"):
        root = word.removesuffix(ending)
        for base in (root, f"{root}e"):
            if root != word and base in ENGLISH_BASES:
                return [
                    spelling.removesuffix("e" if base != root else "") + ending
                    for spelling in ENGLISH_BASES[base]
                ]
    return [word]


def _stem(stemmer: "snowballstemmer.basestemmer.BaseStemmer", word: str) -> str:
    stem = str(stemmer.stemWord(word))
    return (stem if len(stem) >= SHORTEST_STEM else word)[:LONGEST_TERM]


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    """Return the dictionary, loaded in 0.1 s when the first Russian word is met: 25 MB."""
    return pymorphy3.MorphAnalyzer(lang="ru")
