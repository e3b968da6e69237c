"""Who may read a page, in all its languages alike: a restriction that is made, changed or lifted follows."""

from collections.abc import Iterable

from django.db.models import Model
from wagtail.models import Page, PageViewRestriction

from core.languages import other_languages
from core.users import AnyUser

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


def lift_alike(restriction: PageViewRestriction, origin: Page) -> None:
    """After the restriction was lifted; not after its page was deleted, which opens no other page."""
    model = type(origin) if isinstance(origin, Model) else origin.model
    if issubclass(model, PageViewRestriction):
        for other in other_languages(restriction.page):
            for found in PageViewRestriction.objects.filter(page=other):
                found.delete()


def take_restriction(translation: Page) -> None:
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


def restrictions_alike(restriction: PageViewRestriction) -> list[PageViewRestriction]:
    """Return this restriction and those of the page's other languages that ask for the same, by age."""
    pages = Page.objects.filter(translation_key=restriction.page.translation_key)
    same = {name: getattr(restriction, name) for name in SAME_IN_ALL}
    return list(PageViewRestriction.objects.filter(page__in=pages, **same).order_by("pk"))


def may_set_for_all(user: AnyUser, page: Page) -> bool:
    """Whether this user may restrict and open the pages of the other languages too."""
    return all(
        other.permissions_for_user(user).can_set_view_restrictions() for other in other_languages(page)
    )


def restricting(page: Page) -> list[Page]:
    """Return the pages, this one or above it, whose restriction holds for `page`, from the top down."""
    return list(
        Page.objects.filter(view_restrictions__in=page.get_view_restrictions()).distinct().order_by("path")
    )


def moved_restrictions(page: Page, destination: Page | None = None) -> dict[str, object]:
    """Return what becomes of a page's restriction when it is moved: `page`; `ends` and `begins`, the pages above it whose
    restriction does; `own`, whether it has one of its own; `public`, whether everybody may read it then.

    Without a destination, which a bulk move does not know yet: as if nothing there were restricted.
    """
    before, after = restricting(page.get_parent()), restricting(destination) if destination else []
    own = restriction_of(page) is not None
    return {
        "page": page,
        "ends": [above for above in before if above not in after],
        "begins": [above for above in after if above not in before],
        "own": own,
        "public": not (own or after),
    }


def restricted_places(pages: Iterable[Page]) -> list[Page]:
    """Return the restricted pages below which some of these can be moved."""
    models = {model for page in pages for model in page.specific_class.allowed_parent_page_models()}
    found = Page.objects.filter(view_restrictions__isnull=False).distinct().order_by("path")
    return [place for place in found if place.specific_class in models]
