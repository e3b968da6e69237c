"""Snippets: passages of text with the query's words marked, for the results of one page."""

import re
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from indexing.analysis.chunks import analyse
from indexing.analysis.letters import CHUNK, PART
from indexing.analysis.text_query import TextQuery, leaves

MAX_LENGTH = 220
CONTEXT_BEFORE_HIT = 60
# Fields that list names and titles: less useful as a snippet than a sentence, so they come last.
LIST_FIELDS = {"sources", "partners", "lead_organisation", "place"}


def highlights(
    query: TextQuery, title: str, summary: str, fields: dict[str, str], *, most: int = 2
) -> dict[str, SafeString]:
    """Return field -> HTML with the query's words in <mark>, only for fields that contain any.

    Title and summary are returned whole. Of the other fields, the `most` with the most different terms are returned,
    cut around the first hit.
    """
    terms = frozenset(term for leaf in leaves(query.required) for term in leaf.terms)
    if not terms:
        return {}
    marked = {"title": mark(title, terms), "summary": mark(summary, terms)}
    counts = {name: len(hits(text, terms)) for name, text in fields.items()}
    best_fields = sorted(filter(counts.get, counts), key=lambda name: (name in LIST_FIELDS, -counts[name]))
    marked |= {name: mark(cut(fields[name], terms), terms) for name in best_fields[:most]}
    return {name: html for name, html in marked.items() if html}


def hits(text: str, terms: frozenset[str]) -> frozenset[str]:
    """Return the terms that occur in the text."""
    return terms.intersection({term for match in _matching_words(text, terms) for term in _terms(match[0])})


def mark(text: str, terms: frozenset[str]) -> SafeString:
    """Return the text as HTML with the matching words in <mark>; empty if no word matches."""
    pieces: list[str] = []
    end = 0
    for match in _matching_words(text, terms):
        pieces += [escape(text[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
        end = match.end()
    return SafeString("".join([*pieces, escape(text[end:])]) if pieces else "")


def cut(text: str, terms: frozenset[str]) -> str:
    """Return at most MAX_LENGTH characters around the first hit, whole words, with "…" where text is omitted."""
    text = " ".join(text.split())
    first = next((match.start() for match in _matching_words(text, terms)), 0)
    start = 0 if first <= CONTEXT_BEFORE_HIT else text.rfind(" ", 0, first - CONTEXT_BEFORE_HIT) + 1
    end = len(text) if len(text) - start <= MAX_LENGTH else text.rfind(" ", start, start + MAX_LENGTH)
    end = max(end, min(len(text), start + MAX_LENGTH)) if end <= start else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _matching_words(text: str, terms: frozenset[str]) -> list[re.Match[str]]:
    """Return a match for each word of the text that has one of the terms.

    Most words have none: the distinct chunks are looked up first, and only the texts in which some match are gone through
    once more.
    """
    chunks = {chunk for chunk in set(CHUNK.findall(text)) if not terms.isdisjoint(_terms(chunk))}
    if not chunks:
        return []
    return [
        match
        for chunk in CHUNK.finditer(text)
        if chunk[0] in chunks
        for match in _matching_parts(chunk, terms)
    ]


def _matching_parts(chunk: re.Match[str], terms: frozenset[str]) -> list[re.Match[str]]:
    """Return matches for the words of a hyphenated chunk that have one of the terms, or for the whole."""
    parts = list(PART.finditer(chunk.string, chunk.start(), chunk.end()))
    matching = [match for match in parts if not terms.isdisjoint(_terms(match[0]))]
    return matching if len(parts) > 1 and matching else [chunk]


# Tuples take less memory than sets.
@lru_cache(maxsize=50_000)
def _terms(chunk: str) -> tuple[str, ...]:
    """Return all terms by which a chunk is found; the sounds of a name too."""
    analysed = analyse(chunk)
    sounds = analysed.sounds if analysed.is_capitalised or analysed.is_latin else ()
    return tuple(dict.fromkeys((*analysed.terms, *analysed.variants, *sounds)))
