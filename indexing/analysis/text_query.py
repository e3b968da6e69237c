"""Parse a search text into a tree of what must occur, analysed as texts are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from indexing.analysis.chunks import ACRONYM, ACRONYM_MARK, MOST_JOINED, Chunk, Word, analyse, parts_of
from indexing.analysis.letters import CHUNK, words_of
from indexing.analysis.sounds import sounds
from indexing.analysis.stems import is_function_word, stems

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

    A text of single letters finds nothing: nearly every record has a word that is such a letter.
    """
    required: dict[Node, None] = {}
    excluded: dict[Node, None] = {}
    words = words_of(text)
    # A text all in capitals is one typed with Caps Lock.
    has_acronyms = len(words) == 1 or not text.isupper()
    for minus, quoted, piece in PIECE.findall(text.translate(QUOTES)):
        minus = minus or ("-" if piece.startswith("-") else "")
        nodes = [phrase_node(quoted)] if not piece else _unquoted(piece, has_acronyms)
        for node in nodes:
            if node is not None:
                (excluded if minus else required)[node] = None
    if required and has_letters_only(text):
        required = {NOTHING: None}
    return TextQuery(tuple(required), tuple(excluded))


def has_letters_only(text: str) -> bool:
    """Return whether the words that must occur are nothing but single letters."""
    pieces = PIECE.findall(text.translate(QUOTES))
    words = [
        word
        for minus, quoted, piece in pieces
        if not minus and not piece.startswith("-")
        for word in words_of(quoted or piece)
    ]
    return bool(words) and all(len(word) == 1 and word.isalpha() for word in words)


def leaves(nodes: tuple[Node, ...]) -> Iterator[Phrase]:
    """Yield the phrases of trees."""
    for node in nodes:
        if isinstance(node, Phrase):
            yield node
        else:
            yield from leaves(node.nodes)


def word_node(text: str, *, has_acronyms: bool = True) -> Node | None:
    """Return what one chunk of a query must match, None if it has no words.

    IT in capitals is the acronym and not the pronoun.
    """
    chunk = analyse(text)
    if not chunk.words:
        return None
    if len(chunk.words) > 1:
        return _joined_node(chunk)
    (word,) = chunk.words
    if word.is_acronym and has_acronyms and is_function_word(word.text):
        return any_of(Phrase((term,)) for term in (ACRONYM_MARK + word.text, *sounds(word.text)))
    return any_of([*_terms_of(word, chunk), *_parted(text)])


def _joined_node(chunk: Chunk) -> Node:
    """Return what a hyphenated word must match: its words side by side, or the whole written as one."""
    if len(chunk.words) > MOST_JOINED:
        return AllOf(tuple(dict.fromkeys(any_of(_terms_of(word, chunk)) for word in chunk.words)))
    whole = "".join(word.text for word in chunk.words)
    joined = [*stems(whole), *sounds(whole)]
    return any_of([*_phrases(chunk.words), *(Phrase((term,)) for term in joined)])


def _unquoted(piece: str, has_acronyms: bool) -> list[Node | None]:
    chunks = CHUNK.findall(piece)
    nodes = [word_node(chunk, has_acronyms=has_acronyms) for chunk in chunks]
    words = words_of(chunks[-1]) if chunks and piece.endswith("*") else []
    if words and len(words[-1]) >= SHORTEST_PREFIX:
        nodes[-1:] = [*map(word_node, words[:-1]), Prefix(words[-1])]
    return nodes


def phrase_node(text: str) -> Node | None:
    """Return what a phrase must match, None if it has no words."""
    chunks = CHUNK.findall(text)
    words = tuple(word for chunk in chunks for word in analyse(chunk).words)
    if len(words) < 2:
        return word_node(chunks[0]) if words else None
    return any_of(_phrases(words))


def _terms_of(word: Word, chunk: Chunk) -> list[Phrase]:
    """Return the terms of one word: its own, and what a name or an acronym would be found by.

    With a capital, a word of the dictionary may be a name as well: Гига.
    """
    acronym = [word.text] if word.sounds and len(word.text) in ACRONYM else []
    names = word.sounds or (sounds(word.text) if chunk.is_capitalised else ())
    terms = [word.term, *word.others, *acronym, *names]
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
