"""Parse a search text into a tree of what must occur, analysed as texts are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from indexing.analysis.chunks import ACRONYM, Word, analyse, parts_of
from indexing.analysis.letters import CHUNK, words_of
from indexing.analysis.sounds import sounds
from indexing.analysis.stems import stems

PIECE = re.compile(r'(-?)"([^"]*)"|(\S+)')
QUOTES = str.maketrans("“”„«»", '"""""')
SHORTEST_PREFIX = 3
# Of a phrase whose words have several readings.
MOST_READINGS = 8
# A term that no text has.
NO_TERM = "\ue002"


@dataclass(frozen=True)
class Phrase:
    """Terms side by side in one field of one language; a single term in any field, that of variants too."""

    terms: tuple[str, ...]


@dataclass(frozen=True)
class Prefix:
    """The beginning of a normalised word; at least one of the nodes, which the lexicon gives."""

    text: str
    nodes: "tuple[Node, ...]" = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one of the nodes."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True)
class AllOf:
    """All of the nodes."""

    nodes: "tuple[Node, ...]"


Node = Phrase | Prefix | AnyOf | AllOf
NOTHING = Phrase((NO_TERM,))


@dataclass(frozen=True)
class TextQuery:
    """A parsed search text: nodes that must occur, and nodes that must not."""

    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required or self.excluded)


@lru_cache(maxsize=1_000)
def parse_text(text: str) -> TextQuery:
    """Parse words, "phrases", hyphenated words, prefix* and -exclusions; an unclosed quote is part of a word.

    A text of a single letter finds nothing: nearly every record has a word that is that letter.
    """
    required: dict[Node, None] = {}
    excluded: dict[Node, None] = {}
    for minus, quoted, piece in PIECE.findall(text.translate(QUOTES)):
        minus = minus or ("-" if piece.startswith("-") else "")
        nodes = [phrase_node(quoted)] if not piece else _unquoted(piece)
        for node in nodes:
            if node is not None:
                (excluded if minus else required)[node] = None
    if required and is_one_letter(text):
        required = {NOTHING: None}
    return TextQuery(tuple(required), tuple(excluded))


def is_one_letter(text: str) -> bool:
    """Return whether the text is a single letter and no other word."""
    words = words_of(text)
    return len(words) == 1 and len(words[0]) == 1 and words[0].isalpha()


def leaves(nodes: tuple[Node, ...]) -> Iterator[Phrase]:
    """Yield the phrases of trees."""
    for node in nodes:
        if isinstance(node, Phrase):
            yield node
        else:
            yield from leaves(node.nodes)


def word_node(text: str) -> Node | None:
    """Return what one chunk of a query must match, None if it has no words."""
    chunk = analyse(text)
    if not chunk.words:
        return None
    if len(chunk.words) == 1:
        return any_of([*_terms_of(chunk.words[0]), *_parted(text)])
    whole = "".join(word.text for word in chunk.words)
    joined = [*stems(whole), *sounds(whole)]
    return any_of([*_phrases(chunk.words), *(Phrase((term,)) for term in joined)])


def _unquoted(piece: str) -> list[Node | None]:
    chunks = CHUNK.findall(piece)
    nodes = [word_node(chunk) for chunk in chunks]
    words = words_of(chunks[-1]) if chunks and piece.endswith("*") else []
    if len(words) == 1 and len(words[0]) >= SHORTEST_PREFIX:
        nodes[-1] = Prefix(words[0])
    return nodes


def phrase_node(text: str) -> Node | None:
    """Return what a phrase must match, None if it has no words."""
    chunks = CHUNK.findall(text)
    words = tuple(word for chunk in chunks for word in analyse(chunk).words)
    if len(words) < 2:
        return word_node(chunks[0]) if words else None
    return any_of(_phrases(words))


def _terms_of(word: Word) -> list[Phrase]:
    """Return the terms of one word: its own, and what a name or an acronym would be found by."""
    acronym = [word.text] if word.sounds and len(word.text) in ACRONYM else []
    terms = [word.term, *word.others, *acronym, *word.sounds]
    return [Phrase((term,)) for term in dict.fromkeys(terms)]


def _parted(text: str) -> list[Phrase]:
    parts = parts_of(text)
    return [Phrase(tuple(stems(part)[0] for part in parts))] if parts else []


def _phrases(words: tuple[Word, ...]) -> list[Phrase]:
    """Return the phrase in the readings of its words, the first readings first."""
    readings = product(*((word.term, *word.others) for word in words))
    return [Phrase(terms) for terms, _ in zip(readings, range(MOST_READINGS), strict=False)]


def any_of(nodes: Iterable[Node]) -> Node:
    """Return a node that matches where one of the nodes does."""
    distinct = tuple(dict.fromkeys(nodes))
    if not distinct:
        return NOTHING
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct)
