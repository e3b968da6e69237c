"""Snippets: passages of text with the query's words marked, for the results of one page."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from indexing.analysis.chunks import analyse
from indexing.analysis.letters import CHUNK, PART
from indexing.analysis.sounds import SOUND
from indexing.analysis.text_query import TextQuery, leaves

MAX_LENGTH = 220
CONTEXT_BEFORE_HIT = 60
# Fields that list names and titles: less useful as a snippet than a sentence, so they come last.
LONGEST_PRONOUN = 2
CYRILLIC_LETTER = re.compile("[а-яА-Я]")
LIST_FIELDS = {"sources", "partners", "lead_organisation", "place"}


class Hit(NamedTuple):
    """A passage of a text to be marked, and the term or the terms for which it is."""

    start: int
    end: int
    terms: tuple[str, ...]


class Wanted:
    """What of a query is marked: words that have one of the terms, and rows of words that have the terms of a phrase.

    One is made for a page of results, whose texts have most words in common.
    """

    def __init__(self, terms: Iterable[tuple[str, ...]]) -> None:
        found = set(terms)
        self.terms = frozenset(phrase[0] for phrase in found if len(phrase) == 1)
        self.phrases = frozenset(phrase for phrase in found if len(phrase) > 1)
        self.all_terms = self.terms.union(*self.phrases)
        self.pieces = _Pieces(self.all_terms)

    @classmethod
    def of(cls, query: TextQuery) -> "Wanted":
        return cls(leaf.terms for leaf in leaves(query.required))


class _Pieces(dict[str, bool]):
    """Piece of text between spaces -> whether a chunk of it has one of the terms, looked up once."""

    def __init__(self, terms: frozenset[str]) -> None:
        self.terms = terms

    def __missing__(self, piece: str) -> bool:
        self[piece] = any(not self.terms.isdisjoint(_terms(chunk)) for chunk in CHUNK.findall(piece))
        return self[piece]


def highlights(
    wanted: Wanted, title: str, summary: str, fields: dict[str, str], *, most: int = 2
) -> dict[str, SafeString]:
    """Return field -> HTML with the query's words in <mark>, only for fields that contain any.

    Title and summary are returned whole. Of the other fields, the `most` with the most different terms are returned,
    cut around the first hit.
    """
    if not wanted.all_terms:
        return {}
    whole = {name: (text, hits(text, wanted)) for name, text in {"title": title, "summary": summary}.items()}
    found = {name: (text, hits(text, wanted)) for name, text in fields.items()}
    counts = {name: len({hit.terms for hit in own}) for name, (_, own) in found.items()}
    best_fields = sorted(filter(counts.get, counts), key=lambda name: (name in LIST_FIELDS, -counts[name]))
    marked = {name: mark(text, own) for name, (text, own) in whole.items() if own}
    return marked | {name: snippet(*found[name]) for name in best_fields[:most]}


def mark(text: str, marked: list[Hit]) -> SafeString:
    """Return the text as HTML with the hits in <mark>."""
    pieces: list[str] = []
    end = 0
    for hit in marked:
        pieces += [escape(text[end : hit.start]), f"<mark>{escape(text[hit.start : hit.end])}</mark>"]
        end = hit.end
    return SafeString("".join([*pieces, escape(text[end:])]))


def snippet(text: str, marked: list[Hit]) -> SafeString:
    """Return at most MAX_LENGTH characters around the first hit, whole words, with "…" where text is omitted."""
    first = marked[0].start
    start = 0 if first <= CONTEXT_BEFORE_HIT else text.rfind(" ", 0, first - CONTEXT_BEFORE_HIT) + 1
    end = len(text) if len(text) - start <= MAX_LENGTH else text.rfind(" ", start, start + MAX_LENGTH)
    end = max(end, min(len(text), start + MAX_LENGTH)) if end <= start else end
    within = [Hit(hit.start - start, hit.end - start, hit.terms) for hit in marked if hit.end <= end]
    html = " ".join(mark(text[start:end], within).split())
    return SafeString(f"{'… ' if start else ''}{html}{' …' if end < len(text) else ''}")


def hits(text: str, wanted: Wanted) -> list[Hit]:
    """Return the hits of a text in order, none within another."""
    has_terms = wanted.pieces
    # Most texts have none, and are split in no time.
    if not any(has_terms[piece] for piece in text.split()):
        return []
    chunks = [chunk for chunk in CHUNK.finditer(text) if has_terms[chunk[0]]]
    is_russian = bool(CYRILLIC_LETTER.search(text))
    single = [hit for chunk in chunks for hit in _hits_of_chunk(chunk, wanted, is_russian)]
    return _without_inner([*single, *_hits_of_phrases(text, wanted)])


def _hits_of_chunk(chunk: re.Match[str], wanted: Wanted, is_russian: bool) -> list[Hit]:
    """Return the words of a chunk that have one of the terms, or the whole if only the whole has."""
    parts = list(PART.finditer(chunk.string, chunk.start(), chunk.end()))
    found = [
        Hit(part.start(), part.end(), terms)
        for part in parts
        if (terms := _wanted_terms(part[0], wanted, is_russian))
    ]
    if not found and len(parts) > 1 and (terms := _wanted_terms(chunk[0], wanted, is_russian)):
        return [Hit(chunk.start(), chunk.end(), terms)]
    return found


def _wanted_terms(text: str, wanted: Wanted, is_russian: bool) -> tuple[str, ...]:
    """Return the first of the terms that the text has.

    A sound marks only what may be a name: a word with a capital, or a Latin one in a Russian text; and no word as short
    as a pronoun, which begins many a sentence.
    """
    analysed = analyse(text)
    is_name = len(text) > LONGEST_PRONOUN and (analysed.is_capitalised or (is_russian and analysed.is_latin))
    terms = _terms(text)
    return next(((t,) for t in terms if t in wanted.terms and (is_name or not t.startswith(SOUND))), ())


def _hits_of_phrases(text: str, wanted: Wanted) -> list[Hit]:
    """Return the rows of words of the text whose terms are those of a phrase."""
    if not wanted.phrases:
        return []
    words = list(PART.finditer(text))
    terms = [_terms(word[0]) for word in words]
    return [
        Hit(words[place].start(), words[place + len(phrase) - 1].end(), phrase)
        for phrase in wanted.phrases
        for place in range(len(words) - len(phrase) + 1)
        if all(term in terms[place + step] for step, term in enumerate(phrase))
    ]


def _without_inner(found: list[Hit]) -> list[Hit]:
    """Return the hits in order, of those that overlap the first and longest."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


# Tuples take less memory than sets.
@lru_cache(maxsize=50_000)
def _terms(chunk: str) -> tuple[str, ...]:
    """Return all terms by which a chunk is found, the sounds of a name too."""
    analysed = analyse(chunk)
    return tuple(dict.fromkeys((*analysed.terms, *analysed.variants, *analysed.sounds)))
