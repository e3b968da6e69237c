"""A practice in two languages: which page is the original, what a translation takes from it, and where it is behind.

Facts (practices.field_layout.SHARED) are the same in every language and come from the original. For each text, a translation
keeps the fingerprint of the original's text that it answers, that of its own text then, and the digests of the passages
that were the original's: `source_fingerprints = {part: [of the original, of its own, copies]}`. The row in the database is
the truth; a draft only carries what its editor ticked off, until something is published.
"""

from typing import Any

from django.utils.text import capfirst
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page

from core.expiry import copy_expiry
from practices.field_layout import SHARED, TRANSLATED
from practices.fingerprints import fingerprint, passages, words_digest
from practices.language_version import LanguageVersion
from practices.querysets import BEHIND

TICKED = "ticked"


def original_of(page: LanguageVersion) -> LanguageVersion | None:
    """The page in the language in which the practice was first written; None for that page itself, and where it is gone."""
    if not page.pk or page.is_original:
        return None
    return translation_of(page, page.original_language)


def translation_of(page: LanguageVersion, language: str) -> LanguageVersion | None:
    """The page of the same practice in that language, published or not; None for the language of `page` itself."""
    return (
        type(page).objects.of_record(page.translation_key).exclude(pk=page.pk).in_language(language).first()
    )


def live_original_of(page: LanguageVersion) -> LanguageVersion | None:
    """The original if it is published: a translation whose original is not stands for itself."""
    original = original_of(page)
    return original if original and original.live else None


def draft_original_of(page: LanguageVersion) -> LanguageVersion | None:
    """The original as its translators see it: as published or, before that, its latest draft."""
    original = original_of(page)
    return original.get_latest_revision_as_object() if original and not original.live else original


def names_behind(page: LanguageVersion, original: LanguageVersion | None) -> list[str]:
    """The parts whose original, if it is published, has changed since this translation answered it."""
    return list(_behind(page.source_fingerprints, original)) if original else []


def parts_behind(page: LanguageVersion) -> list[str]:
    """The same by their names in the active language."""
    return [label(page, name) for name in names_behind(page, live_original_of(page))]


def label(page: LanguageVersion, name: str) -> str:
    """What a part is called in the active language."""
    return capfirst(str(page._meta.get_field(name).verbose_name))


def known_copies(page: LanguageVersion, name: str) -> set[str]:
    """The digests of the passages that were taken from the original as they stood, however it reads now."""
    answer = page.source_fingerprints.get(name, [])
    return set(answer[2]) if len(answer) > 2 else set()  # rows of before there were any have two


def mark_up_to_date(page: LanguageVersion) -> None:
    """Say in this draft that all its parts answer the original as it stands now."""
    if original := live_original_of(page):
        parts = {name: fingerprint(original, name) for name in TRANSLATED}
        page.source_fingerprints = page.source_fingerprints | {
            TICKED: {"since": page.live_revision_id, "parts": parts}
        }


def carried_fingerprints(row: LanguageVersion, draft: dict[str, Any]) -> dict[str, object]:
    """The fingerprints of a draft: the row's, and what was ticked off in it if nothing has been published since."""
    known = {name: answer for name, answer in row.source_fingerprints.items() if name != TICKED}
    ticked = draft.get(TICKED)
    return known | {TICKED: ticked} if ticked and ticked["since"] == row.live_revision_id else known


def note_answers(page: LanguageVersion) -> None:
    """On publication: a part that changed, or has no fingerprint yet, answers the original as it stands now."""
    known = dict(page.source_fingerprints)
    ticked = known.pop(TICKED, {}).get("parts", {})
    if original := live_original_of(page):
        for name in TRANSLATED:
            own = fingerprint(page, name)
            if name not in known or known[name][1] != own:
                known[name] = _answer(page, original, name)
            elif name in ticked:
                known[name] = [ticked[name], *known[name][1:]]
        known[BEHIND] = _behind(known, original)
    _keep(page, known)


def note_behind(page: LanguageVersion, original: LanguageVersion) -> bool:
    """On publication of the original: what this translation is behind in. Returns whether that is something new."""
    return _keep(page, page.source_fingerprints | {BEHIND: _behind(page.source_fingerprints, original)})


def _behind(known: dict[str, Any], original: LanguageVersion) -> dict[str, str]:
    now = {name: fingerprint(original, name) for name in TRANSLATED if name in known}
    return {name: text for name, text in now.items() if known[name][0] != text}


def _keep(page: LanguageVersion, known: dict[str, object]) -> bool:
    if not known.get(BEHIND):
        known.pop(BEHIND, None)
    if known == page.source_fingerprints:
        return False
    page.source_fingerprints = known
    type(page).objects.filter(pk=page.pk).update(source_fingerprints=known)
    return True


def note_copies(page: LanguageVersion) -> None:
    """Before a translation is first saved: what of it is the original's, and which text it is made from."""
    siblings = type(page).objects.of_record(page.translation_key)
    original = siblings.in_language(page.original_language).first()
    if original and not page.is_original:
        source = original if original.live else original.get_latest_revision_as_object()
        page.source_fingerprints = {name: _answer(page, source, name) for name in TRANSLATED}


def _answer(page: LanguageVersion, original: LanguageVersion, name: str) -> list[object]:
    copies = {words_digest(text) for text in passages(original, name)} | known_copies(page, name)
    own = [words_digest(text) for text in passages(page, name)]
    return [fingerprint(original, name), fingerprint(page, name), [text for text in own if text in copies]]


def take_facts(page: LanguageVersion) -> None:
    """Give a translation, before it is saved, the facts of its published original."""
    if original := live_original_of(page):
        copy_facts(original, page)


def share_facts(original: LanguageVersion) -> None:
    """Let all translations take the facts of a published original; their texts and drafts stay as they are."""
    for page in type(original).objects.of_record(original.translation_key).exclude(pk=original.pk):
        page.save(clean=False)


def copy_facts(source: LanguageVersion, target: LanguageVersion) -> None:
    copy_expiry(source, target)
    for name in SHARED:
        field: Any = source._meta.get_field(name)
        if name == "slug":
            _copy_slug(source, target)
        elif name == "tags":
            target.tags.set(list(source.tags.all()))
        elif isinstance(field, ParentalManyToManyField):
            setattr(target, name, list(getattr(source, name).all()))
        else:
            setattr(target, field.attname, getattr(source, field.attname))


def _copy_slug(source: LanguageVersion, target: LanguageVersion) -> None:
    """So that the address in one language, typed in the other, leads to the translation."""
    if target.path and Page._slug_is_available(source.slug, target.get_parent(), target):
        target.slug = source.slug


def first_language(page: LanguageVersion) -> str:
    """The original language of a page that does not know it yet: that of its siblings, else its own."""
    siblings = type(page).objects.of_record(page.translation_key)
    known = siblings.exclude(original_language="").values_list("original_language", flat=True).first()
    return known or page.locale.language_code


def promote_translation(deleted: LanguageVersion) -> None:
    """Where an original is deleted, a translation that stays becomes the original."""
    left = type(deleted).objects.of_record(deleted.translation_key).exclude(pk=deleted.pk)
    successor = next_original(deleted)
    if deleted.is_original and successor:
        left.update(original_language=successor.locale.language_code)


def next_original(deleted: LanguageVersion) -> LanguageVersion | None:
    """The page that stands for a practice when this one is deleted: another of its languages, a public one first."""
    left = type(deleted).objects.of_record(deleted.translation_key).exclude(pk=deleted.pk)
    return left.order_by("-live", "pk").first()


def hand_over_references(deleted: LanguageVersion) -> None:
    """Those that were adopted from it stay adopted from the practice as long as one of its languages is there."""
    if successor := next_original(deleted):
        type(deleted).objects.adopted_from(deleted).update(adopted_from=successor)
