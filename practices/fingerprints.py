"""Fingerprints of fields and passages of a practice, to compare texts.

A passage is the text of a whole field or, in a stream, of one block. Formatting and the identifiers of blocks are ignored.
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
# Values of a block that are no text: adding a ROR identifier translates no name.
KEYS = ("image", "ror")
MAX_CODES = 2  # more of them are a sentence in capitals


def fingerprint(page: Model, name: str) -> str:
    """Return the fingerprint of a field: 16 hexadecimal digits."""
    return fingerprint_of(page._meta.get_field(name), getattr(page, name))


def fingerprint_of(field: Any, value: Any) -> str:
    """Return the fingerprint of a value of that field."""
    if isinstance(field, StreamField):
        return digest(dumps([[block.block_type, _without_block_ids(_raw(block))] for block in value]))
    return digest(*passages_of(field, value))


def passages(page: Model, name: str) -> list[str]:
    """Return the plain text of the field, or of each block of a stream, in order; an empty one is an empty string."""
    return passages_of(page._meta.get_field(name), getattr(page, name))


def passages_of(field: Any, value: Any) -> list[str]:
    """Return the passages of a value of that field."""
    if isinstance(field, StreamField):
        return ["\n".join(_texts(_without_block_ids(_raw(block)))) for block in value]
    return [get_text_for_indexing(value or "") if isinstance(field, RichTextField) else value or ""]


def digest(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def words_digest(text: str) -> str:
    """Return a digest of the words only, ignoring case, numbers and punctuation, which need no translation."""
    return digest(NO_WORDS.sub(" ", text).casefold())


def has_words(text: str, language: str) -> bool:
    """Return whether a text has words of that language; numbers, URLs, codes and names in another alphabet are none."""
    rest = WORDLESS.sub(" ", text)
    if len(CODE.findall(rest)) <= MAX_CODES:
        rest = CODE.sub(" ", rest)
    return bool(LETTERS[language].search(rest))


def _raw(block: Any) -> Any:
    return block.block.get_prep_value(block.value)


def _without_block_ids(raw: object) -> Any:
    """Return a block's raw value without identifiers of list items and of paragraphs, which the editor adds."""
    if isinstance(raw, str):
        return get_text_for_indexing(raw)
    if isinstance(raw, dict):
        return (
            _without_block_ids(raw["value"])
            if set(raw) == {"type", "value", "id"}
            else {key: _without_block_ids(raw[key]) for key in raw}
        )
    return [_without_block_ids(item) for item in raw] if isinstance(raw, list) else raw


def _texts(content: object) -> list[str]:
    """Return the texts in a block's content, in order, without empty ones and without keys (of images, of organisations)."""
    if isinstance(content, str):
        return [content.strip()] if content.strip() else []
    if isinstance(content, dict):
        return [text for name, item in content.items() if name not in KEYS for text in _texts(item)]
    if isinstance(content, list):
        return [text for item in content for text in _texts(item)]
    return [] if content is None else [str(content)]
