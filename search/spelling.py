"""“Did you mean”: a word that nobody wrote is replaced by a near one that somebody did; only what finds something."""

from dataclasses import replace
from itertools import product

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from indexing.analysis import parse_text, words
from indexing.models import LexiconWord
from search.engines import engine
from search.query import Query

ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
TO_RUSSIAN = str.maketrans(ENGLISH_KEYS, RUSSIAN_KEYS)
TO_ENGLISH = str.maketrans(RUSSIAN_KEYS, ENGLISH_KEYS)
NEAREST = 8
TRIED_WORDS = 3
TRIED_QUERIES = 12
_lexicon: list[str] = []
_last_word = 0


def corrected(query: Query) -> str | None:
    """A spelling of the text with which the same query finds something, or None."""
    written = [word for word in words(query.q) if not word.isdecimal()]
    unknown = [word for word in dict.fromkeys(written) if not _finds(word)]
    if not unknown or len(unknown) > TRIED_WORDS:
        return None
    spellings = [_respelled(query.q, unknown, right) for right in product(*(near(word) for word in unknown))]
    spellings = spellings[:TRIED_QUERIES]
    # Words that stand side by side somewhere are likelier meant than more frequent ones that do not.
    together = [text for text in spellings if len(written) > 1 and _total(query, f'"{text}"')]
    return next((text for text in (*together, *spellings) if _total(query, text)), None)


def _total(query: Query, text: str) -> int:
    return engine().size(replace(query, q=text, page=1))


def _respelled(text: str, unknown: list[str], right: tuple[str, ...]) -> str:
    for wrong, replacement in zip(unknown, right, strict=True):
        text = _replaced(text, wrong, replacement)
    return text


def near(word: str) -> list[str]:
    """Known words that a typing error could have turned into `word`, nearest first, the more frequent first."""
    swapped = [
        other
        for other in (word.translate(TO_RUSSIAN), word.translate(TO_ENGLISH))
        if other != word and _finds(other)
    ]
    most = 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3
    found = process.extract(
        word, lexicon(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=NEAREST * 3
    )
    ranked = sorted(found, key=lambda f: (f[1], f[0][0] != word[0], -_frequency(f[0]), f[0]))
    return (swapped + [match[0] for match in ranked])[:NEAREST]


def lexicon() -> list[str]:
    """All known words. Remembered, and those that came since are added; inside a transaction, which may yet be
    undone, read afresh."""
    global _last_word
    if connection.in_atomic_block:
        return list(LexiconWord.objects.values_list("word", flat=True))
    for pk, word in LexiconWord.objects.filter(pk__gt=_last_word).order_by("pk").values_list("pk", "word"):
        _lexicon.append(word)
        _last_word = pk
    return _lexicon


def _frequency(word: str) -> int:
    return engine().size(Query(q=word))


def _finds(word: str) -> bool:
    return bool(parse_text(word)) and _frequency(word) > 0


def _replaced(text: str, wrong: str, right: str) -> str:
    """`text` with a normalised word replaced where it stands, in whatever case it was typed."""
    lowered = text.casefold().replace("ё", "е")
    place = lowered.find(wrong)
    if place < 0 or len(lowered) != len(text):
        return lowered.replace(wrong, right)
    return text[:place] + right + text[place + len(wrong) :]
