"""The completeness of a practice: missing fields and, for a translation, fields that are not translated yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from wagtail.blocks import BoundBlock
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from practices.field_layout import MAY_BE_EMPTY, NEEDED_BLOCKS, SNAPSHOT, TAB_OF, TABS
from practices.untranslated import untranslated_parts


@dataclass(frozen=True)
class FieldReference:
    """A field that is missing or not translated, with its label and its tab in the editor."""

    name: str
    label: str
    tab: str
    tab_label: str
    in_snapshot: bool


@dataclass(frozen=True)
class Completeness:
    """How complete the snapshot and the full practice are, in per cent; missing and untranslated fields in editor order."""

    snapshot: int
    full: int
    missing: tuple[FieldReference, ...]
    untranslated: tuple[FieldReference, ...] = ()

    @property
    def missing_for_review(self) -> tuple[FieldReference, ...]:
        return tuple(field for field in self.missing if field.in_snapshot)

    @property
    def missing_for_full(self) -> tuple[FieldReference, ...]:
        return tuple(field for field in self.missing if not field.in_snapshot)


def completeness(page: Page) -> Completeness:
    """Return the completeness of `page`, saved or not."""
    required_fields = [
        name
        for name in TAB_OF
        if name not in MAY_BE_EMPTY and not (name == "image_alt" and not page.image_id)
    ]
    missing = [name for name in required_fields if not has(page, name)]
    untranslated = untranslated_parts(page)
    lacking = {*missing, *untranslated}.intersection(required_fields)
    return Completeness(
        snapshot=_percentage(len(SNAPSHOT), len(lacking.intersection(SNAPSHOT))),
        full=_percentage(len(required_fields), len(lacking)),
        missing=tuple(_field_reference(page, name) for name in missing),
        untranslated=tuple(_field_reference(page, name) for name in TAB_OF if name in untranslated),
    )


def has(page: Page, name: str) -> bool:
    """Return whether the field has any content for readers."""
    field = page._meta.get_field(name)
    value = getattr(page, field.attname)  # of an image or a type the key is enough
    if hasattr(value, "all"):
        return bool(value.all())
    if name in NEEDED_BLOCKS:
        return has_block(value, NEEDED_BLOCKS[name])
    if isinstance(field, RichTextField):
        return bool(get_text_for_indexing(value or "").strip())
    return (
        bool(value.strip()) if isinstance(value, str) else value is not None and (value == 0 or bool(value))
    )


def has_block(value: Iterable[BoundBlock] | None, block_type: str) -> bool:
    """Return whether a stream has a block of that type."""
    return any(block.block_type == block_type for block in value or [])


def _percentage(counted: int, missing: int) -> int:
    """Return the percentage, rounded down so that 100 means all."""
    return 100 * (counted - missing) // counted


def _field_reference(page: Page, name: str) -> FieldReference:
    heading, _groups = TABS[TAB_OF[name]]
    label = capfirst(str(page._meta.get_field(name).verbose_name))
    return FieldReference(name, label, TAB_OF[name], str(heading), name in SNAPSHOT)
