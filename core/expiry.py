"""The day on which a page expires: one for all its languages, so that no translation outlives its original."""

from datetime import datetime

from django.utils import timezone
from wagtail.models import Page

from core.languages import other_languages


def has_day_to_come(page: Page) -> bool:
    return bool(page.expire_at and page.expire_at > timezone.now())


def copy_expiry(source: Page, target: Page) -> None:
    """A day to come that only the target has is not lost: `give_expiry` lets the others have it once it is public."""
    if source.expire_at or not has_day_to_come(target):
        target.expire_at = source.expire_at


def change_expiry(page: Page, before: datetime | None) -> None:
    """Before a published page is saved: the languages that had its day of expiry get the new one, or none."""
    if page.live and before and before != page.expire_at:
        others = Page.objects.filter(translation_key=page.translation_key, expire_at=before)
        others.exclude(pk=page.pk).update(expire_at=page.expire_at)


def give_expiry(page: Page) -> None:
    """After a published page is saved: the published languages that have no day of expiry get its own."""
    if page.live and has_day_to_come(page):
        for other in other_languages(page):
            if other.live and not other.expire_at:
                other.expire_at = page.expire_at
                other.save(clean=False)
