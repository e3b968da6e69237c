"""What a part of a practice says, whole and piece by piece, and whether two texts say the same.

A passage is the text of a whole field or, in a stream, of one block. Formatting and the identifiers of blocks do not count.
"""

import re
from hashlib import sha256
from json import dumps
from typing import Any

from django.db.models import Model
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

LETTERS = {"en": re.compile(r"[A-Za-z]"), "ru": re.compile(r"[Ѐ-ӿ]")}
# URLs, e-mail and domain names, and whatever has a digit in it: ISO-9001, 5G.
WORDLESS = re.compile(r"https?://\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b|\b[\w.-]*\d[\w.-]*")
NO_WORDS = re.compile(r"[\W\d_]+")
CODE = re.compile(r"\b[A-Z]{2,5}\b")
MOST_CODES = 2  # more of them are a sentence in capitals


def fingerprint(page: Model, name: str) -> str:
    """What the part says, in a few letters."""
    return fingerprint_of(page._meta.get_field(name), getattr(page, name))


def fingerprint_of(field: Any, value: Any) -> str:
    """The same of a value of that field."""
    if isinstance(field, StreamField):
        return digest(dumps([[block.block_type, _said(_raw(block))] for block in value]))
    return digest(*passages_of(field, value))


def passages(page: Model, name: str) -> list[str]:
    """The plain text of the field, or of each block of a stream, in order; what is empty is an empty text."""
    return passages_of(page._meta.get_field(name), getattr(page, name))


def passages_of(field: Any, value: Any) -> list[str]:
    """The same of a value of that field."""
    if isinstance(field, StreamField):
        return ["\n".join(_texts(_said(_raw(block)))) for block in value]
    return [get_text_for_indexing(value or "") if isinstance(field, RichTextField) else value or ""]


def digest(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def words_digest(text: str) -> str:
    """The same for texts with the same words: another number or comma translates nothing."""
    return digest(NO_WORDS.sub(" ", text).casefold())


def has_words(text: str, language: str) -> bool:
    """Whether a text has words of that language: numbers, URLs, codes and names in another alphabet have none."""
    rest = WORDLESS.sub(" ", text)
    if len(CODE.findall(rest)) <= MOST_CODES:
        rest = CODE.sub(" ", rest)
    return bool(LETTERS[language].search(rest))


def _raw(block: Any) -> Any:
    return block.block.get_prep_value(block.value)


def _said(raw: object) -> Any:
    """A block's raw value without the identifiers of list items, and of the paragraphs that the editor numbers."""
    if isinstance(raw, str):
        return get_text_for_indexing(raw)
    if isinstance(raw, dict):
        return (
            _said(raw["value"])
            if set(raw) == {"type", "value", "id"}
            else {key: _said(raw[key]) for key in raw}
        )
    return [_said(item) for item in raw] if isinstance(raw, list) else raw


def _texts(said: object) -> list[str]:
    """The texts in what a block says, in order; what is empty is left out, and the keys of pictures."""
    if isinstance(said, str):
        return [said.strip()] if said.strip() else []
    if isinstance(said, dict):
        return [text for name, item in said.items() if name != "image" for text in _texts(item)]
    if isinstance(said, list):
        return [text for item in said for text in _texts(item)]
    return [] if said is None else [str(said)]
