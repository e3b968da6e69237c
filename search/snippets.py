"""Pieces of text with the found words marked, cut for the few results that are shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from search.analysis import WORD, TextQuery, normalise, stem

LONGEST = 220
BEFORE = 60
# Names and titles one after another: they tell less than a sentence, so they come last.
LISTS = {"sources", "partners", "lead_organisation", "place"}


@dataclass(frozen=True)
class Marked:
    """A text as (piece, whether it was asked for) pairs."""

    pieces: tuple[tuple[str, bool], ...]

    @property
    def has_hits(self) -> bool:
        return any(hit for _, hit in self.pieces)

    @property
    def html(self) -> SafeString:
        """Safe HTML, the found words in <mark>."""
        return SafeString(
            "".join(f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in self.pieces)
        )


def highlights(
    query: TextQuery, title: str, summary: str, fields: dict[str, str], *, most: int = 2
) -> dict[str, SafeString]:
    """Field -> HTML with marks. The title and summary whole, where a word stands in them; of the other fields the
    `most` that tell most, cut around the first hit."""
    asked = frozenset(term for phrase in query.required for term in phrase)
    if not asked:
        return {}
    whole = {"title": mark(title, asked), "summary": mark(summary, asked)}
    found = {name: marked for name, marked in whole.items() if marked.has_hits}
    counts = {name: len(hits(text, asked)) for name, text in fields.items()}
    telling = sorted(filter(counts.get, counts), key=lambda name: (name in LISTS, -counts[name]))
    for name in telling[:most]:
        found[name] = mark(cut(fields[name], asked), asked)
    return {name: marked.html for name, marked in found.items()}


def hits(text: str, asked: frozenset[str]) -> set[str]:
    """Which of the asked terms stand in the text."""
    return {term for match in _found(text, asked) for term in _terms(match[0])} & asked


def mark(text: str, asked: frozenset[str]) -> Marked:
    """The text parted into what was asked for and what was not."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in _found(text, asked):
        pieces += [(text[end : match.start()], False), (match[0], True)]
        end = match.end()
    return Marked(tuple(piece for piece in (*pieces, (text[end:], False)) if piece[0]))


def cut(text: str, asked: frozenset[str]) -> str:
    """At most LONGEST characters around the first hit, whole words, with dots where something is left out."""
    text = " ".join(text.split())
    first = next((match.start() for match in _found(text, asked)), 0)
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if len(text) - start <= LONGEST else text.rfind(" ", start, start + LONGEST)
    end = max(end, min(len(text), start + LONGEST)) if end <= start else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _found(text: str, asked: frozenset[str]) -> Iterator[re.Match[str]]:
    """The words of the text that have one of the terms."""
    return (match for match in _beginnings(asked).finditer(text) if asked.intersection(_terms(match[0])))


@lru_cache(maxsize=1_000)
def _beginnings(asked: frozenset[str]) -> re.Pattern[str]:
    """Words that begin as one of the terms does, since every word begins like its stem: the thousands of others in the
    texts of twenty practices, most of an answer's time, need no stemming. The look back comes second, as `re` finds a
    set of letters three times as fast when nothing stands before it."""
    first = "".join({term[0] for term in asked}).replace("е", "её").replace("i", "iİ")
    return re.compile(rf"[{first}{first.upper()}](?<![^\W_].)[^\W_]*")


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(stem(part) for part in WORD.findall(normalise(word)))
