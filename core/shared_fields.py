"""Fields that have one value in all languages of a page: it is set in the original, and the others take it from there.

Practices know their original by themselves (practices.translations); of other pages the first made is the original.
"""

from typing import Any, ClassVar

from wagtail.models import Page

from core.expiry import copy_expiry


class SharedFieldsPage(Page):
    """A page that names the fields which its languages share. The base of core.models.BasePage, which saves them."""

    shared_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def take_from(self, original: Page) -> None:
        """Take the shared fields from `original`."""
        copy_fields(original, self)


def live_original_of(page: SharedFieldsPage) -> Page | None:
    """The published page from which `page` takes its shared fields; None for that page itself, and where it is a draft."""
    if not page.shared_fields:
        return None
    first = type(page).objects.filter(translation_key=page.translation_key).order_by("pk").first()
    return first if first and first.pk != page.pk and first.live else None


def take_shared_fields(page: SharedFieldsPage) -> None:
    """Before a translation is saved."""
    if original := live_original_of(page):
        page.take_from(original)


def give_shared_fields(page: SharedFieldsPage) -> None:
    """After a published original is saved; texts and drafts of its translations stay as they are."""
    if page.live and page.shared_fields and not live_original_of(page):
        for other in type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk):
            other.save(clean=False)


def copy_fields(source: SharedFieldsPage, target: SharedFieldsPage) -> None:
    copy_expiry(source, target)
    for name in source.shared_fields:
        field: Any = source._meta.get_field(name)
        if name != "slug":
            setattr(target, field.attname, getattr(source, field.attname))
        elif target.path and Page._slug_is_available(source.slug, target.get_parent(), target):
            target.slug = source.slug
