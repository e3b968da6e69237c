"""“Did you mean”: replace words that no record contains by similar words that some record does."""

from dataclasses import replace
from itertools import product

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from indexing.analysis import parse_text, tokens
from indexing.models import LexiconWord
from search.engines import engine
from search.query import Query

ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
TO_RUSSIAN = str.maketrans(ENGLISH_KEYS, RUSSIAN_KEYS)
TO_ENGLISH = str.maketrans(RUSSIAN_KEYS, ENGLISH_KEYS)
NEAREST = 8
MAX_UNKNOWN_WORDS = 3
MAX_SPELLINGS = 12
_lexicon: list[str] = []
_last_word = 0


def suggest_spelling(query: Query) -> str | None:
    """Return a spelling of the text with which the same query has results, or None."""
    tokens_typed = [word for word in tokens(query.q) if not word.isdecimal()]
    unknown = [word for word in dict.fromkeys(tokens_typed) if not _has_results(word)]
    if not unknown or len(unknown) > MAX_UNKNOWN_WORDS:
        return None
    spellings = [
        _replace_words(query.q, unknown, right)
        for right in product(*(similar_words(word) for word in unknown))
    ]
    spellings = spellings[:MAX_SPELLINGS]
    # Words that occur side by side somewhere are a better guess than more frequent ones that do not.
    together = [text for text in spellings if len(tokens_typed) > 1 and _total(query, f'"{text}"')]
    return next((text for text in (*together, *spellings) if _total(query, text)), None)


def _total(query: Query, text: str) -> int:
    return engine().size(replace(query, q=text, page=1))


def _replace_words(text: str, unknown: list[str], right: tuple[str, ...]) -> str:
    for wrong, replacement in zip(unknown, right, strict=True):
        text = _replace_word(text, wrong, replacement)
    return text


def similar_words(word: str) -> list[str]:
    """Return words of the lexicon within a few typing errors of `word`, the nearest first, ties by frequency.

    The word typed with the wrong keyboard layout comes before all others.
    """
    swapped = [
        other
        for other in (word.translate(TO_RUSSIAN), word.translate(TO_ENGLISH))
        if other != word and _has_results(other)
    ]
    max_distance = 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3
    candidates = process.extract(
        word, lexicon(), scorer=DamerauLevenshtein.distance, score_cutoff=max_distance, limit=NEAREST * 3
    )
    ranked = sorted(
        candidates,
        key=lambda candidate: (
            candidate[1],
            candidate[0][0] != word[0],
            -_frequency(candidate[0]),
            candidate[0],
        ),
    )
    return (swapped + [match[0] for match in ranked])[:NEAREST]


def lexicon() -> list[str]:
    """Return all words of the lexicon.

    They are cached, and each call adds the new ones. Inside a transaction the cache is not used, since the transaction
    may be rolled back.
    """
    global _last_word
    if connection.in_atomic_block:
        return list(LexiconWord.objects.values_list("word", flat=True))
    for pk, word in LexiconWord.objects.filter(pk__gt=_last_word).order_by("pk").values_list("pk", "word"):
        _lexicon.append(word)
        _last_word = pk
    return _lexicon


def _frequency(word: str) -> int:
    return engine().size(Query(q=word))


def _has_results(word: str) -> bool:
    return bool(parse_text(word)) and _frequency(word) > 0


def _replace_word(text: str, wrong: str, right: str) -> str:
    """Return `text` with the normalised word `wrong` replaced, whatever its case in the text."""
    lowered = text.casefold().replace("ё", "е")
    place = lowered.find(wrong)
    if place < 0 or len(lowered) != len(text):
        return lowered.replace(wrong, right)
    return text[:place] + right + text[place + len(wrong) :]
