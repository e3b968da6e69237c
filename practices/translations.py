"""Originals and translations of a practice: shared facts, and which fields of a translation are outdated.

Facts (practices.field_layout.SHARED) are the same in every language and come from the original. For each text field a
translation stores the fingerprint of the original's text that was translated, the fingerprint of its own text at that time,
and the digests of passages copied from the original: `source_fingerprints = {field: [original, own, copies]}`. The database
row is authoritative; a draft only holds what its editor marked as up to date, until the next publication.
"""

from typing import Any

from django.utils.text import capfirst
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page

from core.expiry import copy_expiry
from practices.field_layout import SHARED, TRANSLATED
from practices.fingerprints import fingerprint, passages, words_digest
from practices.language_version import LanguageVersion
from practices.querysets import OUTDATED

TICKED = "ticked"


def original_of(page: LanguageVersion) -> LanguageVersion | None:
    """Return the original-language page. None if `page` is the original or the original was deleted."""
    if not page.pk or page.is_original:
        return None
    return translation_of(page, page.original_language)


def translation_of(page: LanguageVersion, language: str) -> LanguageVersion | None:
    """Return the page of the same practice in that language, published or not; None for the language of `page`."""
    return (
        type(page).objects.of_record(page.translation_key).exclude(pk=page.pk).in_language(language).first()
    )


def live_original_of(page: LanguageVersion) -> LanguageVersion | None:
    """Return the original if it is published, else None."""
    original = original_of(page)
    return original if original and original.live else None


def draft_original_of(page: LanguageVersion) -> LanguageVersion | None:
    """Return the original as translators see it: as published or, before that, its latest draft."""
    original = original_of(page)
    return original.get_latest_revision_as_object() if original and not original.live else original


def outdated_field_names(page: LanguageVersion, original: LanguageVersion | None) -> list[str]:
    """Return the names of fields whose original has changed since they were translated; none without `original`."""
    return list(_outdated_fields(page.source_fingerprints, original)) if original else []


def outdated_field_labels(page: LanguageVersion) -> list[str]:
    """Return the labels of the outdated fields in the active language."""
    return [label(page, name) for name in outdated_field_names(page, live_original_of(page))]


def label(page: LanguageVersion, name: str) -> str:
    """Return the label of a field in the active language."""
    return capfirst(str(page._meta.get_field(name).verbose_name))


def copied_passage_digests(page: LanguageVersion, name: str) -> set[str]:
    """Return the digests of passages copied from the original, even if the original has changed since."""
    entry = page.source_fingerprints.get(name, [])
    return set(entry[2]) if len(entry) > 2 else set()  # rows from an earlier release have two entries


def mark_up_to_date(page: LanguageVersion) -> None:
    """Mark all fields of this draft as up to date with the published original."""
    if original := live_original_of(page):
        parts = {name: fingerprint(original, name) for name in TRANSLATED}
        page.source_fingerprints = page.source_fingerprints | {
            TICKED: {"since": page.live_revision_id, "parts": parts}
        }


def fingerprints_for_draft(row: LanguageVersion, draft: dict[str, Any]) -> dict[str, object]:
    """Return the row's fingerprints, plus the up-to-date marks of the draft if nothing was published since."""
    fingerprints = {name: entry for name, entry in row.source_fingerprints.items() if name != TICKED}
    ticked = draft.get(TICKED)
    return (
        fingerprints | {TICKED: ticked}
        if ticked and ticked["since"] == row.live_revision_id
        else fingerprints
    )


def record_translated_versions(page: LanguageVersion) -> None:
    """Record, on publication, that changed fields and those without a fingerprint translate the current original."""
    fingerprints = dict(page.source_fingerprints)
    ticked = fingerprints.pop(TICKED, {}).get("parts", {})
    if original := live_original_of(page):
        for name in TRANSLATED:
            own_fingerprint = fingerprint(page, name)
            if name not in fingerprints or fingerprints[name][1] != own_fingerprint:
                fingerprints[name] = _fingerprint_entry(page, original, name)
            elif name in ticked:
                fingerprints[name] = [ticked[name], *fingerprints[name][1:]]
        fingerprints[OUTDATED] = _outdated_fields(fingerprints, original)
    _save_fingerprints(page, fingerprints)


def record_outdated_fields(page: LanguageVersion, original: LanguageVersion) -> bool:
    """Record the outdated fields on publication of the original. Return whether they changed."""
    return _save_fingerprints(
        page, page.source_fingerprints | {OUTDATED: _outdated_fields(page.source_fingerprints, original)}
    )


def _outdated_fields(fingerprints: dict[str, Any], original: LanguageVersion) -> dict[str, str]:
    current = {name: fingerprint(original, name) for name in TRANSLATED if name in fingerprints}
    return {name: value for name, value in current.items() if fingerprints[name][0] != value}


def _save_fingerprints(page: LanguageVersion, fingerprints: dict[str, object]) -> bool:
    if not fingerprints.get(OUTDATED):
        fingerprints.pop(OUTDATED, None)
    if fingerprints == page.source_fingerprints:
        return False
    page.source_fingerprints = fingerprints
    type(page).objects.filter(pk=page.pk).update(source_fingerprints=fingerprints)
    return True


def record_copied_passages(page: LanguageVersion) -> None:
    """Record copied passages and the source text before a translation is first saved."""
    siblings = type(page).objects.of_record(page.translation_key)
    original = siblings.in_language(page.original_language).first()
    if original and not page.is_original:
        source = original if original.live else original.get_latest_revision_as_object()
        page.source_fingerprints = {name: _fingerprint_entry(page, source, name) for name in TRANSLATED}


def _fingerprint_entry(page: LanguageVersion, original: LanguageVersion, name: str) -> list[object]:
    copies = {words_digest(text) for text in passages(original, name)} | copied_passage_digests(page, name)
    own_digests = [words_digest(text) for text in passages(page, name)]
    return [
        fingerprint(original, name),
        fingerprint(page, name),
        [text for text in own_digests if text in copies],
    ]


def copy_facts_from_original(page: LanguageVersion) -> None:
    """Copy the facts of the published original to a translation before it is saved."""
    if original := live_original_of(page):
        copy_facts(original, page)


def copy_facts_to_translations(original: LanguageVersion) -> None:
    """Copy the facts of a published original to all translations; their texts and drafts do not change."""
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
    """Use the same slug if it is free, so that a URL with the other language code leads to the translation."""
    parent = target.get_parent() if target.path else None
    if parent and Page._slug_is_available(source.slug, parent, target):
        target.slug = source.slug
        # A version that was saved with another slug has the path of that slug, and Page.save() keeps it if the slug that is
        # saved is that of the row.
        target.set_url_path(parent)


def first_language(page: LanguageVersion) -> str:
    """Return the original language for a page without one: that of its siblings, else its own."""
    siblings = type(page).objects.of_record(page.translation_key)
    language = siblings.exclude(original_language="").values_list("original_language", flat=True).first()
    return language or page.locale.language_code


def promote_translation(deleted: LanguageVersion) -> None:
    """Make a remaining translation the original when the original is deleted."""
    remaining = type(deleted).objects.of_record(deleted.translation_key).exclude(pk=deleted.pk)
    successor = next_original(deleted)
    if deleted.is_original and successor:
        remaining.update(original_language=successor.locale.language_code)


def next_original(deleted: LanguageVersion) -> LanguageVersion | None:
    """Return the page that becomes the original when this one is deleted: in another language, a public one first."""
    remaining = type(deleted).objects.of_record(deleted.translation_key).exclude(pk=deleted.pk)
    return remaining.order_by("-live", "pk").first()


def hand_over_references(deleted: LanguageVersion) -> None:
    """Point practices adopted from the deleted page to its next original, if there is one."""
    if successor := next_original(deleted):
        type(deleted).objects.adopted_from(deleted).update(adopted_from=successor)
