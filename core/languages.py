"""The translations of a page, which move with it. For the fields that they share see core.shared_fields."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from core.users import AnyUser


def other_languages(page: Page) -> list[Page]:
    """Return the translations of `page`, published or not."""
    translations = Page.objects.filter(translation_key=page.translation_key).exclude(locale=page.locale_id)
    return list(translations.select_related("locale").order_by("pk").specific())


def counterpart(parent: Page, page: Page) -> Page | None:
    """Return the translation of `parent` in the language of `page`, None if there is none."""
    translated_parent: Page | None = parent.get_translation_or_none(page.locale)
    return translated_parent


def move_translations(page: Page, parent_before: Page, parent_after: Page) -> None:
    """Move the translations of a moved page below the same parent in their trees, in the same order."""
    for other in other_languages(page):
        target = counterpart(parent_after, other)
        if not target:
            continue
        if other.get_parent().pk == target.pk:
            _copy_order(page, parent_after, other, target)
        elif parent_before.pk != parent_after.pk:
            other.move(target, pos="last-child")


def _copy_order(page: Page, parent: Page, other: Page, other_parent: Page) -> None:
    """Move `other` behind the translation of the page before `page`, with one move however many siblings there are."""
    here = list(parent.get_children().values_list("translation_key", flat=True))
    there = list(other_parent.get_children().values_list("translation_key", flat=True))
    before = _previous_shared_key(page.translation_key, here, there)
    if before == _previous_shared_key(page.translation_key, there, here):
        return
    siblings = other_parent.get_children().exclude(pk=other.pk).filter(translation_key__in=here)
    if before:
        other.move(siblings.get(translation_key=before), pos="right")
    else:
        other.move(siblings.first(), pos="left")


def _previous_shared_key(key: UUID, keys: list[UUID], other_keys: list[UUID]) -> UUID | None:
    """Return the key before `key` that is in both lists, None if there is none."""
    other_set = set(other_keys)
    shared = [candidate for candidate in keys if candidate in other_set]
    place = shared.index(key)
    return shared[place - 1] if place else None


def check_move(user: AnyUser, page: Page, destination: Page) -> list[tuple[Page, Page]]:
    """Return the translations that move along, each with its new parent. Raises PermissionDenied if one may not be moved."""
    along = [(other, counterpart(destination, other)) for other in other_languages(page)]
    moves = [(other, target) for other, target in along if target and other.get_parent().pk != target.pk]
    for other, target in moves:
        free = Page._slug_is_available(other.slug, target, page=other)
        if not free or not other.permissions_for_user(user).can_move_to(target):
            raise PermissionDenied
    return moves
