"""Who may read a page, in all its languages alike: a restriction that is made, changed or lifted follows."""

from typing import Any

from django.db.models import Model
from wagtail.models import Page, PageViewRestriction

from core.languages import other_languages

SAME_IN_ALL = ("restriction_type", "password")


def restrict_alike(restriction: PageViewRestriction) -> None:
    """Make, or change, the same restriction in the other languages. Nothing is written where it is the same already."""
    for other in other_languages(restriction.page):
        found = restriction_of(other) or PageViewRestriction(page=other)
        if found.pk and all(getattr(found, name) == getattr(restriction, name) for name in SAME_IN_ALL):
            continue
        for name in SAME_IN_ALL:
            setattr(found, name, getattr(restriction, name))
        found.save()


def admit_the_same_groups(restriction: PageViewRestriction) -> None:
    groups = set(restriction.groups.all())
    for other in other_languages(restriction.page):
        found = restriction_of(other)
        if found and set(found.groups.all()) != groups:
            found.groups.set(groups)


def lift_alike(restriction: PageViewRestriction, origin: Any) -> None:
    """After the restriction was lifted; not after its page was deleted, which opens no other page."""
    model = type(origin) if isinstance(origin, Model) else origin.model
    if issubclass(model, PageViewRestriction):
        for other in other_languages(restriction.page):
            for found in PageViewRestriction.objects.filter(page=other):
                found.delete()


def take_restriction(translation: Any) -> None:
    """A new translation is as private as the page that it was made from."""
    if not isinstance(translation, Page) or restriction_of(translation):
        return
    for other in other_languages(translation):
        if found := restriction_of(other):
            restrict_alike(found)
            admit_the_same_groups(found)
            return


def restrict_all_alike() -> None:
    """For a portal of before: where one language of a page is restricted, the others become so too."""
    for restriction in PageViewRestriction.objects.select_related("page"):
        for other in other_languages(restriction.page):
            take_restriction(other)


def restriction_of(page: Page) -> PageViewRestriction | None:
    """Its own, not one of a page above it."""
    return PageViewRestriction.objects.filter(page=page.pk).order_by("pk").first()


def may_set_for_all(user: Any, page: Page) -> bool:
    """Whether this user may restrict and open the pages of the other languages too."""
    return all(
        other.permissions_for_user(user).can_set_view_restrictions() for other in other_languages(page)
    )
