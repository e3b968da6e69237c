"""Snippets: passages of text with the query's words marked, for the results of one page."""

import re
from collections import defaultdict
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from indexing.analysis import WORD, TextQuery, normalise, stem

MAX_LENGTH = 220
CONTEXT_BEFORE_HIT = 60
# Letter of a term -> characters that analysis normalises to it: ё, y (stems have i), ligatures in texts copied from PDFs.
VARIANTS = {"е": "ёЁ", "i": "yYİ", "f": "ﬀﬁﬂﬃﬄ", "s": "ßẞﬅﬆ"}
TWO_LETTERS = VARIANTS["f"] + VARIANTS["s"]
# Fields that list names and titles: less useful as a snippet than a sentence, so they come last.
LIST_FIELDS = {"sources", "partners", "lead_organisation", "place"}


def highlights(
    query: TextQuery, title: str, summary: str, fields: dict[str, str], *, most: int = 2
) -> dict[str, SafeString]:
    """Return field -> HTML with the query's words in <mark>, only for fields that contain any.

    Title and summary are returned whole. Of the other fields, the `most` with the most different terms are returned,
    cut around the first hit.
    """
    terms = frozenset(term for phrase in query.required for term in phrase)
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
    """Return a match for each word of the text whose stems include one of the terms."""
    return [
        match for match in _candidate_pattern(terms).finditer(text) if not terms.isdisjoint(_terms(match[0]))
    ]


@lru_cache(maxsize=1_000)
def _candidate_pattern(terms: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for words that begin with the first two letters of a term.

    A word always begins with the first two letters of its stem. So the thousands of other words in the texts of twenty
    practices need no stemming, which would take most of the response time. The lookbehind follows the first letter
    because `re` scans for a set of letters three times as fast if the pattern starts with it.
    """
    second_letters: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        second_letters[term[0]].add(term[1:2])
    first_letters = "".join(map(_variants, second_letters))
    pairs = "|".join(
        f"(?<=[{_variants(letter)}])" + (f"[{''.join(map(_variants, nexts))}]" if all(nexts) else "")
        for letter, nexts in second_letters.items()
    )
    return re.compile(rf"[{first_letters}](?<![^\W_].)(?:{pairs}|(?<=[{TWO_LETTERS}]))[^\W_]*")


def _variants(letter: str) -> str:
    """Return all characters that may be written in a text for this letter of a term."""
    return letter + letter.upper() + VARIANTS.get(letter, "")


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(stem(part) for part in WORD.findall(normalise(word)))
