"""Pieces of text with the found words marked, cut for the few results that are shown."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from search.analysis import WORD, TextQuery, normalise, stem

LONGEST = 220
BEFORE = 60
# Names and titles one after another: they tell less than a sentence, so they come last.
LISTS = {"sources", "partners", "lead_organisation", "place"}
TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Marked:
    """A text as (piece, whether it was asked for) pairs."""

    pieces: tuple[tuple[str, bool], ...]

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
    found = {
        name: mark(text, asked)
        for name, text in (("title", title), ("summary", summary))
        if hits(text, asked)
    }
    counts = {name: len(hits(text, asked)) for name, text in fields.items()}
    telling = sorted(filter(counts.get, counts), key=lambda name: (name in LISTS, -counts[name]))
    for name in telling[:most]:
        found[name] = mark(cut(fields[name], asked), asked)
    return {name: marked.html for name, marked in found.items()}


def hits(text: str, asked: frozenset[str]) -> set[str]:
    """Which of the asked terms stand in the text."""
    return {term for match in TOKEN.finditer(text) for term in _terms(match[0])} & asked


def mark(text: str, asked: frozenset[str]) -> Marked:
    """The text parted into what was asked for and what was not."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in TOKEN.finditer(text):
        if asked.intersection(_terms(match[0])):
            pieces += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    return Marked(tuple(piece for piece in (*pieces, (text[end:], False)) if piece[0]))


def cut(text: str, asked: frozenset[str]) -> str:
    """At most LONGEST characters around the first hit, whole words, with dots where something is left out."""
    text = " ".join(text.split())
    first = next((m.start() for m in TOKEN.finditer(text) if asked.intersection(_terms(m[0]))), 0)
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if len(text) - start <= LONGEST else text.rfind(" ", start, start + LONGEST)
    end = max(end, min(len(text), start + LONGEST)) if end <= start else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _terms(word: str) -> list[str]:
    return [stem(part) for part in WORD.findall(normalise(word))]
