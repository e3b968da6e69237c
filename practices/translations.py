"""A practice in two languages: which page is the original, what a translation takes from it, and where it is behind.

Facts (practices.parts.SHARED) are the same in every language and come from the original. For each text, a translation
keeps the fingerprint of the original's text that it answers, beside that of its own text then:
`source_fingerprints = {part: [of the original, of its own]}`. The row in the database is the truth; a draft only carries
what its editor ticked off, until something is published.
"""

from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from practices.parts import SHARED, TRANSLATED

if TYPE_CHECKING:
    from practices.models import PracticePage

TICKED = "ticked"


def original_of(page: "PracticePage") -> "PracticePage | None":
    """The page in the language in which the practice was first written; None for that page itself, and where it is gone."""
    if not page.pk or page.is_original:
        return None
    return translation_of(page, page.original_language)


def translation_of(page: "PracticePage", language: str) -> "PracticePage | None":
    """The page of the same practice in that language, published or not; None for the language of `page` itself."""
    return (
        type(page).objects.of_practice(page.translation_key).exclude(pk=page.pk).in_language(language).first()
    )


def live_original_of(page: "PracticePage") -> "PracticePage | None":
    """The original if it is published: a translation whose original is not stands for itself."""
    original = original_of(page)
    return original if original and original.live else None


def parts_behind(page: "PracticePage") -> list[str]:
    """The names, in the active language, of the parts whose original has changed since this translation answered it."""
    original = live_original_of(page)
    if not original:
        return []
    answers = page.source_fingerprints
    behind = [
        name for name in TRANSLATED if name in answers and answers[name][0] != fingerprint(original, name)
    ]
    return [capfirst(str(page._meta.get_field(name).verbose_name)) for name in behind]


def fingerprint(page: "PracticePage", name: str) -> str:
    """What the part says, in a few letters; formatting and the identifiers of blocks do not count."""
    field, value = page._meta.get_field(name), getattr(page, name)
    if isinstance(field, StreamField):
        text = dumps([[block.block_type, _said(block.block.get_prep_value(block.value))] for block in value])
    else:
        text = get_text_for_indexing(value or "") if isinstance(field, RichTextField) else value
    return sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _said(raw: Any) -> Any:
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


def tick_off(page: "PracticePage") -> None:
    """Say in this draft that all its parts answer the original as it stands now."""
    if original := live_original_of(page):
        parts = {name: fingerprint(original, name) for name in TRANSLATED}
        page.source_fingerprints = page.source_fingerprints | {
            TICKED: {"since": page.live_revision_id, "parts": parts}
        }


def carried(row: "PracticePage", draft: dict[str, Any]) -> dict[str, Any]:
    """The fingerprints of a draft: the row's, and what was ticked off in it if nothing has been published since."""
    known = {name: answer for name, answer in row.source_fingerprints.items() if name != TICKED}
    ticked = draft.get(TICKED)
    return known | {TICKED: ticked} if ticked and ticked["since"] == row.live_revision_id else known


def note_answers(page: "PracticePage") -> None:
    """On publication: a part that changed, or has no fingerprint yet, answers the original as it stands now."""
    known = dict(page.source_fingerprints)
    ticked = known.pop(TICKED, {}).get("parts", {})
    if original := live_original_of(page):
        for name in TRANSLATED:
            own = fingerprint(page, name)
            if name not in known or known[name][1] != own:
                known[name] = [fingerprint(original, name), own]
            elif name in ticked:
                known[name] = [ticked[name], own]
    if known != page.source_fingerprints:
        page.source_fingerprints = known
        type(page).objects.filter(pk=page.pk).update(source_fingerprints=known)


def take_facts(page: "PracticePage") -> None:
    """Give a translation, before it is saved, the facts of its published original."""
    if original := live_original_of(page):
        copy_facts(original, page)


def share_facts(original: "PracticePage") -> None:
    """Let all translations take the facts of a published original; their texts and drafts stay as they are."""
    for page in type(original).objects.of_practice(original.translation_key).exclude(pk=original.pk):
        page.save(clean=False)


def copy_facts(source: "PracticePage", target: "PracticePage") -> None:
    for name in SHARED:
        field = source._meta.get_field(name)
        if name == "slug":
            _copy_slug(source, target)
        elif name == "tags":
            target.tags.set(list(source.tags.all()))
        elif isinstance(field, ParentalManyToManyField):
            setattr(target, name, list(getattr(source, name).all()))
        else:
            setattr(target, field.attname, getattr(source, field.attname))


def _copy_slug(source: "PracticePage", target: "PracticePage") -> None:
    """So that the address in one language, typed in the other, leads to the translation."""
    if target.path and Page._slug_is_available(source.slug, target.get_parent(), target):
        target.slug = source.slug


def first_language(page: "PracticePage") -> str:
    """The original language of a page that does not know it yet: that of its siblings, else its own."""
    siblings = type(page).objects.of_practice(page.translation_key)
    known = siblings.exclude(original_language="").values_list("original_language", flat=True).first()
    return known or page.locale.language_code


def promote_translation(deleted: "PracticePage") -> None:
    """Where an original is deleted, a translation that stays becomes the original."""
    left = type(deleted).objects.of_practice(deleted.translation_key).exclude(pk=deleted.pk)
    heir = left.order_by("-live", "pk").first()
    if deleted.is_original and heir:
        left.update(original_language=heir.locale.language_code)
