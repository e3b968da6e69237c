"""Corrections: replace words that no record contains by similar words that some record does."""

import re
from dataclasses import replace
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from indexing.analysis.chunks import ACRONYM
from indexing.analysis.letters import PART, words_of
from indexing.analysis.sounds import letter_by_letter
from indexing.analysis.stems import CYRILLIC
from indexing.analysis.text_query import parse_text
from indexing.models import LexiconWord
from search.engines import engine
from search.lexicon import lexicon
from search.query import Query

ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
TO_RUSSIAN = str.maketrans(ENGLISH_KEYS, RUSSIAN_KEYS)
TO_ENGLISH = str.maketrans(RUSSIAN_KEYS, ENGLISH_KEYS)
NEAREST = 8
MAX_UNKNOWN_WORDS = 3
MAX_SPELLINGS = 12
# C++ is not с.
SHORTEST_SWAPPED = 3
PREFIX = re.compile(r"\S+\*")


def suggest_spelling(query: Query) -> str | None:
    """Return a spelling of the text with which the same query has results, or None."""
    unknown = _unknown_words(query.q)
    if not unknown or len(unknown) > MAX_UNKNOWN_WORDS:
        return None
    spellings = [
        _replace_words(query.q, dict(zip(unknown, right, strict=True)))
        for right in product(*(similar_words(word) for word in unknown))
    ]
    spellings = spellings[:MAX_SPELLINGS]
    # Words that occur side by side somewhere are a better guess than more frequent ones that do not.
    is_one_word = len(words_of(query.q)) == 1
    together = [] if is_one_word else [text for text in spellings if _total(query, f'"{text}"')]
    return next((text for text in (*together, *spellings) if _total(query, text)), None)


def _unknown_words(text: str) -> list[str]:
    """Return the normalised words without results that may be typing errors.

    Prefixes, acronyms, words with digits and known names, in the other alphabet too, are none.
    """
    all_in_capitals = text.isupper()
    suspects = []
    for part in PART.findall(PREFIX.sub(" ", text)):
        is_acronym = part.isupper() and len(part) in ACRONYM and not all_in_capitals
        words = [] if is_acronym else words_of(part)
        suspects += [word for word in words if word.isalpha() and not _has_results(word)]
    if not suspects:
        return []
    names = set(LexiconWord.objects.filter(is_name=True).values_list("word", flat=True))
    written_otherwise = {(_is_cyrillic(name), key) for name in names for key in letter_by_letter(name)}
    return [
        word
        for word in dict.fromkeys(suspects)
        if word not in names
        and not any((not _is_cyrillic(word), key) in written_otherwise for key in letter_by_letter(word))
    ]


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
    max_distance = 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3
    candidates = process.extract(
        word, lexicon(), scorer=DamerauLevenshtein.distance, score_cutoff=max_distance, limit=NEAREST * 3
    )
    ranked = sorted(
        (candidate for candidate in candidates if _is_cyrillic(candidate[0]) == _is_cyrillic(word)),
        key=lambda candidate: (
            candidate[1],
            candidate[0][0] != word[0],
            -_frequency(candidate[0]),
            candidate[0],
        ),
    )
    return (swapped + [match[0] for match in ranked])[:NEAREST]


def _frequency(word: str) -> int:
    return engine().size(Query(q=word))


def _has_results(word: str) -> bool:
    return bool(parse_text(word)) and _frequency(word) > 0
