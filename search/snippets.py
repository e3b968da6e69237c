"""Pieces of text with the found words marked, cut for the few results that are shown."""

import re
from collections import defaultdict
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from indexing.analysis import WORD, TextQuery, normalise, stem

LONGEST = 220
BEFORE = 60
# Signs that analysis writes otherwise: ё, the stems' i for y, and what a text copied from a PDF has for two letters.
ALIKE = {"е": "ёЁ", "i": "yYİ", "f": "ﬀﬁﬂﬃﬄ", "s": "ßẞﬅﬆ"}
TWO_LETTERS = ALIKE["f"] + ALIKE["s"]
# Names and titles one after another: they tell less than a sentence, so they come last.
LISTS = {"sources", "partners", "lead_organisation", "place"}


def highlights(
    query: TextQuery, title: str, summary: str, fields: dict[str, str], *, most: int = 2
) -> dict[str, SafeString]:
    """Field -> HTML with marks. The title and summary whole, where a word stands in them; of the other fields the
    `most` that tell most, cut around the first hit."""
    asked = frozenset(term for phrase in query.required for term in phrase)
    if not asked:
        return {}
    found = {"title": mark(title, asked), "summary": mark(summary, asked)}
    counts = {name: len(hits(text, asked)) for name, text in fields.items()}
    telling = sorted(filter(counts.get, counts), key=lambda name: (name in LISTS, -counts[name]))
    found |= {name: mark(cut(fields[name], asked), asked) for name in telling[:most]}
    return {name: html for name, html in found.items() if html}


def hits(text: str, asked: frozenset[str]) -> frozenset[str]:
    """Which of the asked terms stand in the text."""
    return asked.intersection({term for match in _found(text, asked) for term in _terms(match[0])})


def mark(text: str, asked: frozenset[str]) -> SafeString:
    """HTML of the text, the words that were asked for in <mark>; empty where none of them stands in it."""
    pieces: list[str] = []
    end = 0
    for match in _found(text, asked):
        pieces += [escape(text[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
        end = match.end()
    return SafeString("".join([*pieces, escape(text[end:])]) if pieces else "")


def cut(text: str, asked: frozenset[str]) -> str:
    """At most LONGEST characters around the first hit, whole words, with dots where something is left out."""
    text = " ".join(text.split())
    first = next((match.start() for match in _found(text, asked)), 0)
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if len(text) - start <= LONGEST else text.rfind(" ", start, start + LONGEST)
    end = max(end, min(len(text), start + LONGEST)) if end <= start else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _found(text: str, asked: frozenset[str]) -> list[re.Match[str]]:
    """The words of the text that have one of the terms."""
    return [match for match in _beginnings(asked).finditer(text) if not asked.isdisjoint(_terms(match[0]))]


@lru_cache(maxsize=1_000)
def _beginnings(asked: frozenset[str]) -> re.Pattern[str]:
    """Words that begin as one of the terms does, since every word begins with its stem's first two letters: the
    thousands of others in the texts of twenty practices, most of an answer's time, need no stemming. What looks back
    comes after the first letter, as `re` finds a set of letters three times as fast when nothing stands before it."""
    second: dict[str, set[str]] = defaultdict(set)
    for term in asked:
        second[term[0]].add(term[1:2])
    first = "".join(map(_written, second))
    pairs = "|".join(
        f"(?<=[{_written(letter)}])" + (f"[{''.join(map(_written, nexts))}]" if all(nexts) else "")
        for letter, nexts in second.items()
    )
    return re.compile(rf"[{first}](?<![^\W_].)(?:{pairs}|(?<=[{TWO_LETTERS}]))[^\W_]*")


def _written(letter: str) -> str:
    """All signs that a term's letter may stand for in a text."""
    return letter + letter.upper() + ALIKE.get(letter, "")


@lru_cache(maxsize=50_000)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(stem(part) for part in WORD.findall(normalise(word)))
