"""Corrections: replace words that no record contains by similar words that some record does."""

import gzip
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from wagtail.models import Page

from core.versions import per_version
from indexing.analysis.chunks import ACRONYM
from indexing.analysis.letters import PART, words_of
from indexing.analysis.sounds import letter_by_letter
from indexing.analysis.stems import CYRILLIC, is_function_word, is_russian_word
from indexing.analysis.text_query import parse_text
from indexing.models import LexiconWord
from search.engines import engine
from search.lexicon import lexicon
from search.query import Query
from taxonomy.synonyms import Synonym

ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
TO_RUSSIAN = str.maketrans(ENGLISH_KEYS, RUSSIAN_KEYS)
TO_ENGLISH = str.maketrans(RUSSIAN_KEYS, ENGLISH_KEYS)
NEAREST = 8
MAX_UNKNOWN_WORDS = 3
MAX_SPELLINGS = 12
# C++ is not с.
SHORTEST_SWAPPED = 3
# Every word of three letters is near another.
SHORTEST_CORRECTED = 4
# Of the pages in whose address a few letters stand.
MAX_SLUGS = 50
PREFIX = re.compile(r"\S+\*")


def suggest_spelling(query: Query) -> str | None:
    """Return a spelling of the text with which the same query has results, or without its filters if none has; or None.

    A word that a dictionary knows is taken for an error only where its correction occurs beside the other words.
    """
    unknown = _unknown_words(query.q)
    if not unknown:
        return None
    spellings = [
        _replace_words(query.q, dict(zip(unknown, right, strict=True)))
        for right in product(*(similar_words(word) for word in unknown))
    ]
    spellings = spellings[:MAX_SPELLINGS]
    # Words that occur side by side somewhere are a better guess than more frequent ones that do not.
    is_one_word = len(words_of(query.q)) == 1
    together = [] if is_one_word else [text for text in spellings if _total(query, f'"{text}"')]
    apart = [] if any(map(is_word, unknown)) else spellings
    unfiltered = Query(q=query.q, lang=query.lang, synonyms=query.synonyms)
    return next(
        (text for wider in (query, unfiltered) for text in (*together, *apart) if _total(wider, text)), None
    )


def _unknown_words(text: str) -> list[str]:
    """Return the normalised words without results that may be typing errors; none if they are too many to guess.

    Prefixes, acronyms, synonyms, words with digits, words of slugs and names in the other alphabet are none.
    """
    words = list(dict.fromkeys(word for part in _parts(text) for word in words_of(part) if word.isalpha()))
    unknown: list[str] = []
    for word in words:
        is_asked_for = len(word) > 1 and not is_function_word(word)
        if is_asked_for and word not in words_with_synonyms() and not _has_results(word):
            unknown.append(word)
        if len(unknown) > MAX_UNKNOWN_WORDS:
            return []
    return [word for word in unknown if not _is_in_slug(word) and not _is_name_written_otherwise(word)]


def _is_in_slug(word: str) -> bool:
    """Return whether the word stands in the address of a page: a name that its title may leave out."""
    slugs = Page.objects.live().filter(slug__contains=word).values_list("slug", flat=True)
    return any(word in slug.split("-") for slug in slugs[:MAX_SLUGS])


def _parts(text: str) -> list[str]:
    """Return the words of a text as they stand there, without prefixes and acronyms.

    In a text all in capitals, which Caps Lock makes, only a lone word may be an acronym.
    """
    parts = PART.findall(PREFIX.sub(" ", text))
    if text.isupper() and len(parts) > 1:
        return parts
    return [part for part in parts if not (part.isupper() and len(part) in ACRONYM)]


def _is_name_written_otherwise(word: str) -> bool:
    names = _names_by_sound()
    others = {name for key in letter_by_letter(word) for name in names.get((not _is_cyrillic(word), key), ())}
    return any(_has_results(name) or _is_in_slug(name) for name in others)


@per_version
def _names_by_sound() -> dict[tuple[bool, str], list[str]]:
    """Return (whether it is Cyrillic, key of its sound) -> the names of the lexicon."""
    names: dict[tuple[bool, str], list[str]] = {}
    for name in LexiconWord.objects.filter(is_name=True).values_list("word", flat=True):
        for key in letter_by_letter(name):
            names.setdefault((_is_cyrillic(name), key), []).append(name)
    return names


@per_version
def words_with_synonyms() -> frozenset[str]:
    """Return the normalised words of the list of synonyms."""
    rows = Synonym.objects.values_list("words", "also")
    return frozenset(word for row in rows for text in row for word in words_of(text))


def is_word(word: str) -> bool:
    """Return whether a dictionary has a normalised word, in whatever form."""
    return is_russian_word(word) or f'"{word}":' in _english_dictionary()


@cache
def _english_dictionary() -> str:
    """Return the English dictionary as it is shipped: JSON of word -> frequency, 3 MB. Parsed it takes 37."""
    packed = files("spellchecker") / "resources" / "en.json.gz"
    return gzip.decompress(packed.read_bytes()).decode()


def _is_cyrillic(word: str) -> bool:
    return bool(CYRILLIC.search(word))


def _total(query: Query, text: str) -> int:
    return engine().size(replace(query, q=text, page=1))


def _replace_words(text: str, right: dict[str, str]) -> str:
    """Return the text with each of the normalised words replaced, however it is written there."""
    return PART.sub(lambda match: right.get("".join(words_of(match[0])), match[0]), text)


def similar_words(word: str) -> list[str]:
    """Return words of the lexicon within a few typing errors of `word`, the nearest first, ties by frequency.

    The word typed with the wrong keyboard layout comes before all others, which are in the same alphabet.
    """
    swapped = [
        other
        for other in (word.translate(TO_RUSSIAN), word.translate(TO_ENGLISH))
        if len(word) >= SHORTEST_SWAPPED and other != word and _has_results(other)
    ]
    if len(word) < SHORTEST_CORRECTED:
        return swapped
    max_distance = 1 if len(word) <= 5 else 2 if len(word) <= 9 else 3
    candidates = process.extract(
        word,
        [*lexicon(), *words_with_synonyms()],
        scorer=DamerauLevenshtein.distance,
        score_cutoff=max_distance,
        limit=NEAREST * 3,
    )
    near = {
        other: distance
        for other, distance, _ in candidates
        if other.isalpha() and _is_cyrillic(other) == _is_cyrillic(word)
    }
    ranked = sorted(near, key=lambda other: (near[other], other[0] != word[0], -_frequency(other), other))
    return [*swapped, *ranked][:NEAREST]


def _frequency(word: str) -> int:
    return engine().size(Query(q=word))


def _has_results(word: str) -> bool:
    return bool(parse_text(word)) and _frequency(word) > 0
