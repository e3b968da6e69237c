"""Signal receivers that count public changes and keep restrictions and file uses up to date."""

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished, post_page_move

from core.file_uses import record_file_uses
from core.languages import move_translations
from core.models import BasePage, PictureCredit, page_address_changed
from core.privacy import (
    copy_groups_to_translations,
    copy_restriction_to_translations,
    inherit_restriction,
    remove_restriction_from_translations,
)
from core.versions import next_version


@receiver(page_published)
@receiver(page_unpublished)
@receiver(page_address_changed)
@receiver(post_page_move)
def page_changed(**kwargs: object) -> None:
    next_version()


@receiver(post_page_move)
def page_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: object) -> None:
    move_translations(instance, parent_page_before, parent_page_after)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
@receiver(post_delete, sender=Page)
def access_changed(**kwargs: object) -> None:
    next_version()


@receiver(post_save, sender=PageViewRestriction)
def access_restricted(instance: PageViewRestriction, **kwargs: object) -> None:
    copy_restriction_to_translations(instance)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def groups_admitted(instance: PageViewRestriction, action: str, reverse: bool, **kwargs: object) -> None:
    if action.startswith("post_") and not reverse:
        copy_groups_to_translations(instance)


@receiver(post_delete, sender=PageViewRestriction)
def access_opened(instance: PageViewRestriction, origin: Page, **kwargs: object) -> None:
    remove_restriction_from_translations(instance, origin)


@receiver(copy_for_translation_done)
def translation_made(target_obj: Model, **kwargs: object) -> None:
    inherit_restriction(target_obj)


@receiver(post_save, sender=get_image_model())
@receiver(post_delete, sender=get_image_model())
@receiver(post_save, sender=get_document_model())
@receiver(post_delete, sender=get_document_model())
def file_changed(**kwargs: object) -> None:
    """Count the change, since a file's URL changes on pages that are not saved."""
    next_version()


@receiver(post_save, sender=get_image_model())
def keep_credit(instance: AbstractImage, **kwargs: object) -> None:
    """Save the credit from the image form (core.pictures.forms)."""
    if (credit := instance.__dict__.pop("credit_to_keep", None)) is not None:
        PictureCredit.objects.keep(instance, credit)


@receiver(post_save)
def note_files_of_page(
    instance: Page, update_fields: Collection[str] | None, raw: bool, **kwargs: object
) -> None:
    """Record the file uses when a whole page is saved; saving a draft updates only the fields about revisions."""
    if isinstance(instance, BasePage) and update_fields is None and not raw:
        record_file_uses(instance)
