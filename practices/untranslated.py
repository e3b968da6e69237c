"""Which parts of a translation still say what the original says, in its language.

Wagtail starts a translation as a copy, so a text equal to the original's is taken for one that nobody has translated,
unless its translator says that it is the same on purpose: `same_on_purpose = {part: [digest of each such passage]}`.
It belongs to the draft, so it travels with revisions and reverts; another text needs another word.
"""

from collections.abc import Iterable

from practices.field_layout import TRANSLATED
from practices.fingerprints import has_words, passages, words_digest
from practices.language_version import LanguageVersion
from practices.translations import draft_original_of, known_copies

Numbers = dict[str, list[int]]


def same_passages(page: LanguageVersion) -> Numbers:
    """By part, the numbers of the passages that are the original's and have words of its language."""
    original = draft_original_of(page)
    if not original:
        return {}
    language = page.original_language
    found = {}
    for name in TRANSLATED:
        copies = {words_digest(text) for text in passages(original, name)} | known_copies(page, name)
        own = enumerate(passages(page, name))
        found[name] = [
            number for number, text in own if has_words(text, language) and words_digest(text) in copies
        ]
    return {name: numbers for name, numbers in found.items() if numbers}


def untranslated_passages(page: LanguageVersion, same: Numbers | None = None) -> Numbers:
    """Those of them that nobody has called the same on purpose."""
    found = {}
    for name, numbers in (same_passages(page) if same is None else same).items():
        texts, meant = passages(page, name), page.same_on_purpose.get(name, [])
        found[name] = [number for number in numbers if words_digest(texts[number]) not in meant]
    return {name: numbers for name, numbers in found.items() if numbers}


def untranslated_parts(page: LanguageVersion) -> list[str]:
    """The names of the parts with such a passage, in the order of practices.field_layout."""
    return list(untranslated_passages(page))


def wholly_untranslated(page: LanguageVersion) -> dict[str, str]:
    """The language of each part in which nothing has words of the page's own language yet."""
    language = page.original_language
    return {
        name: language
        for name, numbers in untranslated_passages(page).items()
        if numbers == [n for n, text in enumerate(passages(page, name)) if has_words(text, language)]
    }


def mean_the_same(page: LanguageVersion, names: Iterable[str]) -> None:
    """Say in this draft that these parts, and no others, are the same on purpose wherever they are the same now."""
    same = same_passages(page)
    page.same_on_purpose = {
        name: [words_digest(passages(page, name)[number]) for number in same[name]]
        for name in names
        if name in same
    }
