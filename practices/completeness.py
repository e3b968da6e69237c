"""How complete a practice is, what is missing and, in a translation, what is not translated yet."""

from dataclasses import dataclass

from django.utils.text import capfirst
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from practices.field_layout import MAY_BE_EMPTY, SNAPSHOT, TAB_OF, TABS
from practices.untranslated import untranslated_parts


@dataclass(frozen=True)
class Part:
    """A part that is missing or not translated: its field, what the editor calls it, and the tab where it is."""

    name: str
    label: str
    tab: str
    tab_label: str
    in_snapshot: bool


@dataclass(frozen=True)
class Completeness:
    """Per cent of the snapshot and of the full practice that is there, what is missing and what is still the original's
    text, in the editor's order."""

    snapshot: int
    full: int
    missing: tuple[Part, ...]
    untranslated: tuple[Part, ...] = ()

    @property
    def missing_for_review(self) -> tuple[Part, ...]:
        return tuple(part for part in self.missing if part.in_snapshot)

    @property
    def missing_for_full(self) -> tuple[Part, ...]:
        return tuple(part for part in self.missing if not part.in_snapshot)


def completeness(page: Page) -> Completeness:
    """What `page`, saved or not, has and lacks."""
    counted = [
        name
        for name in TAB_OF
        if name not in MAY_BE_EMPTY and not (name == "image_alt" and not page.image_id)
    ]
    missing = [name for name in counted if not has(page, name)]
    untranslated = untranslated_parts(page)
    lacking = {*missing, *untranslated}.intersection(counted)
    return Completeness(
        snapshot=_share(len(SNAPSHOT), len(lacking.intersection(SNAPSHOT))),
        full=_share(len(counted), len(lacking)),
        missing=tuple(_part(page, name) for name in missing),
        untranslated=tuple(_part(page, name) for name in TAB_OF if name in untranslated),
    )


def has(page: Page, name: str) -> bool:
    """Whether the part holds anything a reader could read."""
    field = page._meta.get_field(name)
    value = getattr(page, field.attname)  # of an image or a type the key is enough
    if hasattr(value, "all"):
        return bool(value.all())
    if isinstance(field, RichTextField):
        return bool(get_text_for_indexing(value or "").strip())
    return (
        bool(value.strip()) if isinstance(value, str) else value is not None and (value == 0 or bool(value))
    )


def _share(counted: int, missing: int) -> int:
    """Rounded down, so that 100 means all."""
    return 100 * (counted - missing) // counted


def _part(page: Page, name: str) -> Part:
    heading, _groups = TABS[TAB_OF[name]]
    label = capfirst(str(page._meta.get_field(name).verbose_name))
    return Part(name, label, TAB_OF[name], str(heading), name in SNAPSHOT)
