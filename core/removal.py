"""Delete or unpublish a page, with the pages below it, in one or all of its languages."""

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
# Names of the form fields, and the values of CHOICE.
CHOICE, ALL, ONE = "languages", "all", "one"
BELOW = "include_descendants"


@dataclass(frozen=True)
class Branch:
    """A page in one of its languages, and the pages below it that are deleted or unpublished with it.

    `includes_page` is False if only pages below it are unpublished, since the page itself is not public. `only_here` has the
    ids of the pages that exist in this language only.
    """

    page: Page
    below: list[Page]
    includes_page: bool
    only_here: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.below) + self.includes_page


def affected(page: Page, action: str) -> list[Page]:
    """Return the translations that can be deleted, or unpublished, together with `page`."""
    if action not in (DELETE, UNPUBLISH):
        return []
    return [
        other
        for other in other_languages(page)
        if action == DELETE or _affected_pages(other, action).exists()
    ]


def branches(pages: Iterable[Page], action: str) -> list[Branch]:
    """Return a Branch for each page, with the pages below it that `action` affects."""
    pages_with_affected = [(page, list(_affected_pages(page, action).specific(defer=True))) for page in pages]
    only_here = _in_one_language(
        affected_page for _page, below in pages_with_affected for affected_page in below
    )
    return [
        Branch(
            page,
            [affected_page for affected_page in affected_pages if affected_page.pk != page.pk],
            any(affected_page.pk == page.pk for affected_page in affected_pages),
            only_here,
        )
        for page, affected_pages in pages_with_affected
    ]


def needs_site_name(count: int) -> bool:
    """Return whether `count` pages are so many that deleting them requires typing the site's name."""
    return count >= getattr(settings, "WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT", 10)


def may_remove_all(user: AnyUser, page: Page, action: str) -> bool:
    return all(_may(user, other, action) for other in affected(page, action))


def note_choice(request: HttpRequest, page: Page, action: str) -> None:
    """Store the translations to remove too, and the affected page ids, in the request. Called before `action`."""
    translations = affected(page, action) if request.POST.get(CHOICE) == ALL else []
    counted = [
        affected_page.pk for root in (page, *translations) for affected_page in _affected_pages(root, action)
    ]
    request.removal = ([other.pk for other in translations], counted)  # type: ignore[attr-defined]


def finish(request: HttpRequest, action: str) -> None:
    """Apply `action` to the chosen translations and show the total. Called after the action on the page has succeeded."""
    translation_ids, counted = getattr(request, "removal", ([], []))
    for other in Page.objects.filter(pk__in=translation_ids).specific():
        if action == DELETE:
            other.delete(user=request.user)
        else:
            below = bool(request.POST.get(BELOW))
            UnpublishPageAction(other, user=request.user, include_descendants=below).execute(
                skip_permission_checks=True  # checked before by may_remove_all
            )
    remaining = Page.objects.filter(pk__in=counted)
    number = len(counted) - (remaining if action == DELETE else remaining.live()).count()
    if number > 1:
        messages.info(request, _result_message(number, action))


def _result_message(number: int, action: str) -> str:
    if action == DELETE:
        message = ngettext(
            "%(number)d page was deleted in all.", "%(number)d pages were deleted in all.", number
        )
    else:
        message = ngettext(
            "%(number)d page was unpublished in all.", "%(number)d pages were unpublished in all.", number
        )
    return message % {"number": number}


def _affected_pages(page: Page, action: str) -> PageQuerySet:
    """Return the page and the pages below it, for UNPUBLISH only the live ones."""
    pages = Page.objects.descendant_of(page, inclusive=True).select_related("locale").order_by("path")
    return pages if action == DELETE else pages.live()


def _in_one_language(pages: Iterable[Page]) -> frozenset[int]:
    keys = {page.translation_key: page.pk for page in pages}
    languages = Page.objects.filter(translation_key__in=keys).order_by().values("translation_key")
    alone = languages.annotate(number=Count("pk")).filter(number=1)
    return frozenset(keys[row["translation_key"]] for row in alone)


def _may(user: AnyUser, page: Page, action: str) -> bool:
    tester = page.permissions_for_user(user)
    if action == DELETE:
        return bool(tester.can_delete())
    # can_unpublish() is False for a page that is not live; the permission to publish applies to the pages below it.
    return bool(tester.can_unpublish() if page.live else tester.can_publish())
