"""The expiry date of a page, shared by all its languages so that no translation outlives its original."""

from datetime import datetime

from django.utils import timezone
from wagtail.models import Page

from core.languages import other_languages


def has_future_expiry(page: Page) -> bool:
    return bool(page.expire_at and page.expire_at > timezone.now())


def copy_expiry(source: Page, target: Page) -> None:
    """Copy the expiry date, but keep a future date that only the target has.

    `share_expiry_with_translations` copies that date to the others once the target is public.
    """
    if source.expire_at or not has_future_expiry(target):
        target.expire_at = source.expire_at


def change_expiry(page: Page, before: datetime | None) -> None:
    """Copy a changed expiry date to the translations that had the old one. Called before a published page is saved."""
    if page.live and before and before != page.expire_at:
        translations = Page.objects.filter(translation_key=page.translation_key, expire_at=before)
        translations.exclude(pk=page.pk).update(expire_at=page.expire_at)


def share_expiry_with_translations(page: Page) -> None:
    """Copy the expiry date to published translations without one. Called after a published page is saved."""
    if page.live and has_future_expiry(page):
        for other in other_languages(page):
            if other.live and not other.expire_at:
                other.expire_at = page.expire_at
                other.save(clean=False)
