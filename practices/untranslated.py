"""Fields of a translation that still have the original's text.

Wagtail starts a translation as a copy, so a text equal to the original's counts as not translated, unless its translator
marks it as the same on purpose: `same_on_purpose = {field: [digest of each such passage]}`. The mark belongs to the draft,
so revisions and reverts include it; a changed text has to be marked again.
"""

from collections.abc import Iterable

from practices.field_layout import TRANSLATED
from practices.fingerprints import has_words, passages, words_digest
from practices.language_version import LanguageVersion
from practices.organisations import untranslated_roles
from practices.translations import copied_passage_digests, draft_original_of

Numbers = dict[str, list[int]]


def copied_passages(page: LanguageVersion) -> Numbers:
    """Return field -> indexes of passages that equal the original's and contain words of its language."""
    original = draft_original_of(page)
    if not original:
        return {}
    language = page.original_language
    numbers_by_part = {}
    for name in TRANSLATED:
        copies = {words_digest(text) for text in passages(original, name)} | copied_passage_digests(
            page, name
        )
        own_passages = enumerate(passages(page, name))
        numbers_by_part[name] = [
            number
            for number, text in own_passages
            if has_words(text, language) and words_digest(text) in copies
        ]
    return {name: numbers for name, numbers in numbers_by_part.items() if numbers}


def untranslated_passages(page: LanguageVersion, copied: Numbers | None = None) -> Numbers:
    """Return the copied passages that the translator has not marked as intended, in the same form."""
    numbers_by_part = {}
    for name, numbers in (copied_passages(page) if copied is None else copied).items():
        texts, intended = passages(page, name), page.same_on_purpose.get(name, [])
        numbers_by_part[name] = [number for number in numbers if words_digest(texts[number]) not in intended]
    return {name: numbers for name, numbers in numbers_by_part.items() if numbers}


def untranslated_parts(page: LanguageVersion) -> list[str]:
    """Return the names of fields with an untranslated passage, in the order of practices.field_layout."""
    return list(untranslated_passages(page))


def wholly_untranslated(page: LanguageVersion) -> list[str]:
    """Return the fields of which no passage is translated; of organisations the roles too (practices.organisations)."""
    language = page.original_language
    untranslated = untranslated_passages(page)
    fields = [
        name
        for name, numbers in untranslated.items()
        if numbers == [n for n, text in enumerate(passages(page, name)) if has_words(text, language)]
    ]
    return [*fields, *untranslated_roles(page, untranslated.get("organisations", []))]


def mark_same_on_purpose(page: LanguageVersion, names: Iterable[str]) -> None:
    """Mark the copied passages of these fields, and of no others, as the same on purpose in this draft."""
    same = copied_passages(page)
    page.same_on_purpose = {
        name: [words_digest(passages(page, name)[number]) for number in same[name]]
        for name in names
        if name in same
    }
