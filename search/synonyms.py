"""Search for synonyms of a query's words as well: the list of the secretariat, applied to the parsed text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, product

from core.versions import per_version
from indexing.analysis.sounds import SOUND
from indexing.analysis.text_query import AllOf, Node, any_of, leaves, parse_text, phrase_node
from taxonomy.synonyms import Synonym, lines

Terms = tuple[str, ...]
# Of the words of one entry, each in its readings.
MOST_READINGS = 8


@dataclass(frozen=True)
class Expansion:
    """A word or phrase of a query that is in the list, as the list writes it, and what is searched for as well."""

    word: str
    also: tuple[str, ...]


def expand(required: tuple[Node, ...]) -> tuple[tuple[Node, ...], list[Expansion]]:
    """Return the nodes, each widened by the synonyms of its word or of a phrase that begins with it; and the expansions.

    The longest entry wins; words that are widened together must all occur, or one of their synonyms.
    """
    table = _table()
    expanded: list[Node] = []
    expansions: dict[Expansion, None] = {}
    place = 0
    while place < len(required):
        length, entry = _longest_entry(required[place : place + table.longest], table)
        nodes = required[place : place + length]
        if entry:
            expansions[entry.expansion] = None
            typed = nodes[0] if length == 1 else AllOf(nodes)
            expanded.append(any_of([typed, *entry.nodes]))
        else:
            expanded += nodes
        place += length
    return tuple(expanded), list(expansions)


def _longest_entry(nodes: tuple[Node, ...], table: "Table") -> tuple[int, "Entry | None"]:
    """Return how many of the nodes the longest entry takes that they begin with, 1 without an entry, and the entry."""
    for length in range(len(nodes), 0, -1):
        readings = _readings(nodes[:length])
        entry = next((table.entries[terms] for terms in readings if terms in table.entries), None)
        if entry:
            return length, entry
    return 1, None


def _readings(nodes: tuple[Node, ...]) -> Iterator[Terms]:
    """Yield the terms by which nodes are matched side by side, in the readings of their words, without sounds."""
    phrases = (
        [leaf.terms for leaf in leaves((node,)) if not leaf.terms[0].startswith(SOUND)] for node in nodes
    )
    for reading in islice(product(*phrases), MOST_READINGS):
        yield tuple(chain.from_iterable(reading))


@dataclass(frozen=True)
class Entry:
    """What is searched for as well where an entry of the list occurs: as it is told, and as nodes."""

    expansion: Expansion
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Table:
    """Entries by the terms of their words, and the most terms of one."""

    entries: dict[Terms, Entry]
    longest: int


@per_version
def _table() -> Table:
    """Return the list of synonyms, parsed."""
    also: dict[Terms, dict[str, None]] = {}
    written: dict[Terms, str] = {}
    for words_text, also_text in Synonym.objects.values_list("words", "also"):
        words = lines(words_text)
        for word in words:
            others = [other for other in (*words, *lines(also_text)) if other != word]
            for terms in _readings(parse_text(word).required):
                written.setdefault(terms, word)
                also.setdefault(terms, {}).update(dict.fromkeys(others))
    entries = {
        terms: _entry(written[terms], [word for word in others if word != written[terms]])
        for terms, others in also.items()
    }
    return Table(entries, max(map(len, entries), default=0))


def _entry(word: str, also: list[str]) -> Entry:
    nodes = tuple(node for text in also if (node := phrase_node(text)))
    return Entry(Expansion(word, tuple(also)), nodes)
