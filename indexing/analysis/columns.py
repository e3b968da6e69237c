"""The columns of terms of a record: one for each weight of its fields, and one for variants."""

from collections.abc import Iterable

from indexing.analysis.chunks import analyse
from indexing.analysis.letters import CHUNK

# Separates two fields of a record, so that no phrase matches across them.
BARRIER = "\ue000"
# Bytes of terms in one record; a tsvector of PostgreSQL holds at most 1 MB.
LARGEST_RECORD = 400_000


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, one for each word."""
    return [term for chunk in CHUNK.findall(text) for term in analyse(chunk).terms]


def join_terms(texts: Iterable[str]) -> str:
    """Return the terms of several fields as one string: spaces around each term, a barrier between fields."""
    return f" {f' {BARRIER} '.join(' '.join(terms(text)) for text in texts)} "


def join_variants(texts: Iterable[str], names: Iterable[tuple[str, str]]) -> str:
    """Return the variants of the words of all fields, each once, and the sounds of the names in some of them.

    `names` are (language, text) of titles, organisations, places and keywords. A name is a word that has a capital wherever
    it stands in the texts, or one in Latin letters in a Russian text.
    """
    chunks = {chunk for text in texts for chunk in CHUNK.findall(text)}
    found = {term for chunk in chunks for term in analyse(chunk).variants}
    ordinary = {
        word.text for chunk in map(analyse, chunks) if not chunk.is_capitalised for word in chunk.words
    }
    for language, text in names:
        for chunk in map(analyse, CHUNK.findall(text)):
            is_name = chunk.is_capitalised and not all(word.text in ordinary for word in chunk.words)
            if is_name or (language == "ru" and chunk.is_latin):
                found.update(chunk.sounds)
    return f" {' '.join(sorted(found))} "


def truncate_columns(columns: list[str]) -> list[str]:
    """Return the columns, cut after a whole term if together they exceed LARGEST_RECORD."""
    bytes_left, truncated = LARGEST_RECORD, []
    for column in columns:
        raw = column.encode()
        if len(raw) > bytes_left:
            raw = raw[: raw.rfind(b" ", 0, bytes_left) + 1] or b" "
        bytes_left -= len(raw)
        truncated.append(raw.decode())
    return truncated
