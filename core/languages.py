"""A page in its languages: its other pages, and that they move with it. What they have in common: core.shared_fields."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from core.users import AnyUser


def other_languages(page: Page) -> list[Page]:
    """The pages of the same content in other languages, published or not."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(locale=page.locale_id)
    return list(others.select_related("locale").order_by("pk").specific())


def counterpart(parent: Page, page: Page) -> Page | None:
    """Where `page`, in its language, belongs if another language of it is moved below `parent`."""
    found: Page | None = parent.get_translation_or_none(page.locale)
    return found


def move_along(page: Page, parent_before: Page, parent_after: Page) -> None:
    """The other languages of a page that was moved go below the same page of their own trees, in the same order there."""
    for other in other_languages(page):
        target = counterpart(parent_after, other)
        if not target:
            continue
        if other.get_parent().pk == target.pk:
            _order_alike(page, parent_after, other, target)
        elif parent_before.pk != parent_after.pk:
            other.move(target, pos="last-child")


def _order_alike(page: Page, parent: Page, other: Page, other_parent: Page) -> None:
    """Put `other` behind the same page as `page`, of those that are in both languages: one move, however many there are."""
    here = list(parent.get_children().values_list("translation_key", flat=True))
    there = list(other_parent.get_children().values_list("translation_key", flat=True))
    before = _last_before(page.translation_key, here, there)
    if before == _last_before(page.translation_key, there, here):
        return
    siblings = other_parent.get_children().exclude(pk=other.pk).filter(translation_key__in=here)
    if before:
        other.move(siblings.get(translation_key=before), pos="right")
    else:
        other.move(siblings.first(), pos="left")


def _last_before(key: UUID, keys: list[UUID], others: list[UUID]) -> UUID | None:
    """The one before `key` that is in both lists; None where it is the first."""
    known = set(others)
    shared = [found for found in keys if found in known]
    place = shared.index(key)
    return shared[place - 1] if place else None


def check_move(user: AnyUser, page: Page, destination: Page) -> list[tuple[Page, Page]]:
    """The other languages that move along, each with its new parent. Raises PermissionDenied where the user may not."""
    along = [(other, counterpart(destination, other)) for other in other_languages(page)]
    found = [(other, target) for other, target in along if target and other.get_parent().pk != target.pk]
    for other, target in found:
        free = Page._slug_is_available(other.slug, target, page=other)
        if not free or not other.permissions_for_user(user).can_move_to(target):
            raise PermissionDenied
    return found
