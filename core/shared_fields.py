"""Fields with the same value in all languages of a page, copied from the original to its translations.

Practices define their original themselves (practices.translations); for other pages it is the one created first.
"""

from typing import Any, ClassVar

from wagtail.models import Page

from core.expiry import copy_expiry


class SharedFieldsPage(Page):
    """A page with `shared_fields`, the names of the fields that all languages share; core.models.BasePage saves them."""

    shared_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def copy_shared_fields_from(self, original: Page) -> None:
        """Copy the shared fields from `original`."""
        copy_fields(original, self)


def live_original_of(page: SharedFieldsPage) -> Page | None:
    """Return the published original of a translation; None if `page` is the original or the original is a draft."""
    if not page.shared_fields:
        return None
    original = type(page).objects.filter(translation_key=page.translation_key).order_by("pk").first()
    return original if original and original.pk != page.pk and original.live else None


def pull_shared_fields(page: SharedFieldsPage) -> None:
    """Copy the shared fields from the original to a translation. Called before it is saved."""
    if original := live_original_of(page):
        page.copy_shared_fields_from(original)


def push_shared_fields(page: SharedFieldsPage) -> None:
    """Save the translations of a published original, which then copy its shared fields; their texts and drafts stay."""
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
