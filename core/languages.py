"""A page in its languages: which was first, what the others take from it, and what follows in all of them.

Practices know their original by themselves (practices.translations); of other pages the first made is the original.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

if TYPE_CHECKING:
    from core.models import BasePage

# Shared by pages of every kind, those of practices too.
SHARED_BY_ALL = ("expire_at",)


def other_languages(page: Page) -> list[Any]:
    """The pages of the same content in other languages, published or not."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(locale=page.locale_id)
    return list(others.select_related("locale").order_by("pk").specific())


def live_original_of(page: "BasePage") -> Any:
    """The published page from which `page` takes its shared fields; None for that page itself, and where it is a draft."""
    if not page.shared_fields:
        return None
    first = type(page).objects.filter(translation_key=page.translation_key).order_by("pk").first()
    return first if first and first.pk != page.pk and first.live else None


def take_shared_fields(page: "BasePage") -> None:
    """Before a translation is saved."""
    if original := live_original_of(page):
        page.take_from(original)


def give_shared_fields(page: "BasePage") -> None:
    """After a published original is saved; texts and drafts of its translations stay as they are."""
    if page.live and page.shared_fields and not live_original_of(page):
        for other in type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk):
            other.save(clean=False)


def copy_fields(source: "BasePage", target: "BasePage") -> None:
    for name in (*SHARED_BY_ALL, *source.shared_fields):
        field: Any = source._meta.get_field(name)
        if name != "slug":
            setattr(target, field.attname, getattr(source, field.attname))
        elif target.path and Page._slug_is_available(source.slug, target.get_parent(), target):
            target.slug = source.slug


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


def check_move(user: Any, page: Page, destination: Page) -> list[tuple[Any, Page]]:
    """The other languages that move along, each with its new parent. Raises PermissionDenied where the user may not."""
    along = [(other, counterpart(destination, other)) for other in other_languages(page)]
    found = [(other, target) for other, target in along if target and other.get_parent().pk != target.pk]
    for other, target in found:
        free = Page._slug_is_available(other.slug, target, page=other)
        if not free or not other.permissions_for_user(user).can_move_to(target):
            raise PermissionDenied
    return found
