"""Search for synonyms of a query's words as well: the list of the secretariat, applied to the parsed text."""

from dataclasses import dataclass
from itertools import product

from core.versions import per_version
from indexing.analysis.letters import words_of
from indexing.analysis.sounds import SOUND
from indexing.analysis.stems import stems
from indexing.analysis.text_query import AllOf, Node, any_of, leaves, phrase_node
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
    longest = max(map(len, table), default=0)
    expanded: list[Node] = []
    expansions: dict[Expansion, None] = {}
    place = 0
    while place < len(required):
        length, expansion = _longest_entry(required[place : place + longest], table)
        nodes = required[place : place + length]
        if expansion:
            expansions[expansion] = None
            typed = nodes[0] if length == 1 else AllOf(nodes)
            others = [node for text in expansion.also if (node := phrase_node(text))]
            expanded.append(any_of([typed, *others]))
        else:
            expanded += nodes
        place += length
    return tuple(expanded), list(expansions)


def _longest_entry(nodes: tuple[Node, ...], table: dict[Terms, Expansion]) -> tuple[int, Expansion | None]:
    """Return how many of the nodes the longest entry takes that they begin with, 1 without an entry, and the entry."""
    for length in range(len(nodes), 1, -1):
        readings = product(*(_words_of(node) for node in nodes[:length]))
        if entry := next((table[terms] for terms in readings if terms in table), None):
            return length, entry
    phrases = [leaf.terms for leaf in leaves(nodes[:1])]
    return 1, next((table[terms] for terms in phrases if terms in table), None)


def _words_of(node: Node) -> list[str]:
    """Return the single terms by which a node is matched, without sounds."""
    phrases = [leaf.terms for leaf in leaves((node,))]
    return [terms[0] for terms in phrases if len(terms) == 1 and not terms[0].startswith(SOUND)]


@per_version
def _table() -> dict[Terms, Expansion]:
    """Return the terms of each word of the list -> what is searched for as well."""
    also: dict[Terms, dict[str, None]] = {}
    written: dict[Terms, str] = {}
    for words_text, also_text in Synonym.objects.values_list("words", "also"):
        words = lines(words_text)
        for word in words:
            others = [other for other in (*words, *lines(also_text)) if other != word]
            for terms in _readings(word):
                written.setdefault(terms, word)
                also.setdefault(terms, {}).update(dict.fromkeys(others))
    return {
        terms: Expansion(written[terms], tuple(word for word in others if word != written[terms]))
        for terms, others in also.items()
    }


def _readings(text: str) -> list[Terms]:
    """Return the terms of a word or phrase, in the readings of its words."""
    readings = product(*(stems(word) for word in words_of(text)))
    return [terms for terms, _ in zip(readings, range(MOST_READINGS), strict=False) if terms]
