"""Deleting or unpublishing a page, with the pages below it, in one of its languages or in all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import ngettext
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import messages
from wagtail.models import Page, PageQuerySet

from core.languages import other_languages
from core.users import AnyUser

DELETE, UNPUBLISH = "delete", "unpublish"
# The fields of the form, and the values of the first.
CHOICE, ALL, ONE = "languages", "all", "one"
BELOW = "include_descendants"


@dataclass(frozen=True)
class Branch:
    """A page in one of its languages, and the pages below it that are deleted or unpublished with it.

    `goes` is False for a page that is not public, of which only pages below can be unpublished. `only_here` are the ids
    of the pages that exist in this language only.
    """

    page: Page
    below: list[Page]
    goes: bool
    only_here: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.below) + self.goes


def affected(page: Page, action: str) -> list[Page]:
    """Return the other languages of a page that could go with it: to unpublish, those with anything public."""
    if action not in (DELETE, UNPUBLISH):
        return []
    return [other for other in other_languages(page) if action == DELETE or _reached(other, action).exists()]


def branches(pages: Iterable[Page], action: str) -> list[Branch]:
    """Return each page with what `action` reaches below it."""
    found = [(page, list(_reached(page, action).specific(defer=True))) for page in pages]
    only_here = _in_one_language(reached for _page, below in found for reached in below)
    return [
        Branch(
            page,
            [reached for reached in all_reached if reached.pk != page.pk],
            any(reached.pk == page.pk for reached in all_reached),
            only_here,
        )
        for page, all_reached in found
    ]


def needs_site_name(count: int) -> bool:
    """Whether so many pages are deleted at once that the name of the site has to be typed."""
    return count >= getattr(settings, "WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT", 10)


def may_remove_all(user: AnyUser, page: Page, action: str) -> bool:
    return all(_may(user, other, action) for other in affected(page, action))


def note_choice(request: HttpRequest, page: Page, action: str) -> None:
    """Before `action`: keep what is to be done to the other languages, and what is there to be counted."""
    others = affected(page, action) if request.POST.get(CHOICE) == ALL else []
    counted = [reached.pk for one in (page, *others) for reached in _reached(one, action)]
    request.removal = ([other.pk for other in others], counted)  # type: ignore[attr-defined]


def finish(request: HttpRequest, action: str) -> None:
    """After `action` on the page itself, which may be refused until then: do it to the others, and say how many went."""
    others, counted = getattr(request, "removal", ([], []))
    for other in Page.objects.filter(pk__in=others).specific():
        if action == DELETE:
            other.delete(user=request.user)
        else:
            below = bool(request.POST.get(BELOW))
            UnpublishPageAction(other, user=request.user, include_descendants=below).execute(
                skip_permission_checks=True  # asked before: may_remove_all
            )
    left = Page.objects.filter(pk__in=counted)
    number = len(counted) - (left if action == DELETE else left.live()).count()
    if number > 1:
        messages.info(request, _told(number, action))


def _told(number: int, action: str) -> str:
    if action == DELETE:
        said = ngettext(
            "%(number)d page was deleted in all.", "%(number)d pages were deleted in all.", number
        )
    else:
        said = ngettext(
            "%(number)d page was unpublished in all.", "%(number)d pages were unpublished in all.", number
        )
    return said % {"number": number}


def _reached(page: Page, action: str) -> PageQuerySet:
    """The page and those below it that can be deleted, or that are public."""
    found = Page.objects.descendant_of(page, inclusive=True).select_related("locale").order_by("path")
    return found if action == DELETE else found.live()


def _in_one_language(pages: Iterable[Page]) -> frozenset[int]:
    keys = {page.translation_key: page.pk for page in pages}
    languages = Page.objects.filter(translation_key__in=keys).order_by().values("translation_key")
    alone = languages.annotate(number=Count("pk")).filter(number=1)
    return frozenset(keys[row["translation_key"]] for row in alone)


def _may(user: AnyUser, page: Page, action: str) -> bool:
    tester = page.permissions_for_user(user)
    if action == DELETE:
        return bool(tester.can_delete())
    # Of a page that is not public, Wagtail says that it cannot be unpublished; the right to publish reaches down.
    return bool(tester.can_unpublish() if page.live else tester.can_publish())
