"""Where to go from a query without results: the same query with one filter or word fewer, and the nearest themes."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from indexing.analysis.chunks import Word, analyse
from indexing.analysis.letters import CHUNK
from indexing.analysis.stems import is_function_word
from indexing.analysis.text_query import PIECE, QUOTES
from search.describe import year_labels
from search.engines import engine
from search.labels import labels
from search.query import LONGEST_TEXT, Query

# Each one costs a query, and a URL can hold hundreds of filters.
MAX_RELAXATIONS = 20
MAX_WORDS, MAX_THEMES = 6, 3


@dataclass(frozen=True)
class Relaxation:
    """A wider query, what it drops or is about, and the number of its results."""

    dropped: str
    query: Query
    total: int


def relaxations_of(query: Query) -> list[Relaxation]:
    """Return the query without each single filter, without one of its words, and without its text, if it then has results."""
    facet_labels = labels(query.lang)
    candidates = [
        (facet_labels[facet].get(value, value), query.with_toggled(facet, value))
        for facet, values in query.chosen
        for value in values
    ]
    candidates += [(text, query.without_year(name)) for name, text in year_labels(query)]
    pieces = list(PIECE.finditer(query.q.translate(QUOTES)))[:MAX_WORDS]
    if len(pieces) > 1:
        candidates += [(query.q[slice(*piece.span())], _without_piece(query, piece)) for piece in pieces]
    if query.q and (query.chosen or query.has_years):
        candidates.append((query.q, replace(query, q="", page=1)))
    relaxations = (
        Relaxation(label, relaxed, engine().size(relaxed)) for label, relaxed in candidates[:MAX_RELAXATIONS]
    )
    return [relaxation for relaxation in relaxations if relaxation.total]


def _without_piece(query: Query, piece: re.Match[str]) -> Query:
    """Return the query without a word, phrase or exclusion of its text, from its first page."""
    rest = f"{query.q[: piece.start()]} {query.q[piece.end() :]}"
    return replace(query, q=" ".join(rest.split()), page=1)


def nearest_themes(query: Query) -> list[Relaxation]:
    """Return searches for the themes that most records have in which one of the query's words occurs.

    What the query excludes stays excluded, and grammatical words, which every record has, are left out.
    """
    counts: Counter[str] = Counter()
    words, excluded = _words_and_exclusions(query.q)
    for word in words[:MAX_WORDS]:
        text = " ".join([word, *excluded])[:LONGEST_TEXT]
        counts.update(engine().search(Query(q=text, synonyms=query.synonyms, size=1)).counts["theme"])
    names = labels(query.lang)["theme"]
    themed = [
        (code, Query(lang=query.lang).with_values("theme", [code]))
        for code, _ in counts.most_common(MAX_THEMES)
    ]
    return [Relaxation(names.get(code, code), search, engine().size(search)) for code, search in themed]


def _words_and_exclusions(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a text that say what it is about, acronyms in capitals, and its exclusions as they are written."""
    words: dict[str, None] = {}
    excluded: list[str] = []
    for match in PIECE.finditer(text.translate(QUOTES)):
        if match[0].startswith("-"):
            excluded.append(match[0])
            continue
        for chunk in CHUNK.findall(match[0]):
            words.update(dict.fromkeys(filter(None, map(_telling, analyse(chunk).words))))
    return list(words), excluded


def _telling(word: Word) -> str:
    """Return the word, in capitals if it is an acronym; nothing for a single letter, a pronoun, a preposition or the like."""
    if word.is_acronym:
        return word.text.upper()
    return "" if len(word.text) == 1 or is_function_word(word.text) else word.text
