"""Keep view restrictions the same in all languages of a page."""

from collections.abc import Iterable

from django.db.models import Model
from wagtail.models import Page, PageViewRestriction

from core.languages import other_languages
from core.users import AnyUser

SAME_IN_ALL = ("restriction_type", "password")


def copy_restriction_to_translations(restriction: PageViewRestriction) -> None:
    """Create or update the same restriction for the translations; write nothing if it is the same already."""
    for other in other_languages(restriction.page):
        counterpart = restriction_of(other) or PageViewRestriction(page=other)
        if counterpart.pk and all(
            getattr(counterpart, name) == getattr(restriction, name) for name in SAME_IN_ALL
        ):
            continue
        for name in SAME_IN_ALL:
            setattr(counterpart, name, getattr(restriction, name))
        counterpart.save()


def copy_groups_to_translations(restriction: PageViewRestriction) -> None:
    groups = set(restriction.groups.all())
    for other in other_languages(restriction.page):
        counterpart = restriction_of(other)
        if counterpart and set(counterpart.groups.all()) != groups:
            counterpart.groups.set(groups)


def remove_restriction_from_translations(restriction: PageViewRestriction, origin: Page) -> None:
    """Delete the translations' restrictions after one was deleted, but not if it was deleted with its page."""
    model = type(origin) if isinstance(origin, Model) else origin.model
    if issubclass(model, PageViewRestriction):
        for other in other_languages(restriction.page):
            for counterpart in PageViewRestriction.objects.filter(page=other):
                counterpart.delete()


def inherit_restriction(translation: Page) -> None:
    """Copy the restriction of an existing language to a new translation that has none."""
    if not isinstance(translation, Page) or restriction_of(translation):
        return
    for other in other_languages(translation):
        if restriction := restriction_of(other):
            copy_restriction_to_translations(restriction)
            copy_groups_to_translations(restriction)
            return


def synchronise_restrictions() -> None:
    """Restrict the translations of all restricted pages, for a database of an older release."""
    for restriction in PageViewRestriction.objects.select_related("page"):
        for other in other_languages(restriction.page):
            inherit_restriction(other)


def restriction_of(page: Page) -> PageViewRestriction | None:
    """Return the page's own restriction, None if it has none; those of its ancestors do not count."""
    return PageViewRestriction.objects.filter(page=page.pk).order_by("pk").first()


def equivalent_restrictions(restriction: PageViewRestriction) -> list[PageViewRestriction]:
    """Return this restriction and the same restrictions of the page's translations, oldest first."""
    pages = Page.objects.filter(translation_key=restriction.page.translation_key)
    same = {name: getattr(restriction, name) for name in SAME_IN_ALL}
    return list(PageViewRestriction.objects.filter(page__in=pages, **same).order_by("pk"))


def may_set_for_all(user: AnyUser, page: Page) -> bool:
    """Return whether this user may change the restrictions of all translations of `page`."""
    return all(
        other.permissions_for_user(user).can_set_view_restrictions() for other in other_languages(page)
    )


def restricting(page: Page) -> list[Page]:
    """Return the pages, `page` or its ancestors, whose restriction applies to `page`, from the top down."""
    return list(
        Page.objects.filter(view_restrictions__in=page.get_view_restrictions()).distinct().order_by("path")
    )


def moved_restrictions(page: Page, destination: Page | None = None) -> dict[str, object]:
    """Return how moving a page changes its restrictions.

    Keys: `page`; `ends` and `begins`, the ancestors whose restriction ends or begins to apply; `own`, whether the page has a
    restriction itself; `public`, whether everybody may read it afterwards. Without a destination, which a bulk move does
    not know yet, the destination counts as unrestricted.
    """
    before, after = restricting(page.get_parent()), restricting(destination) if destination else []
    has_own = restriction_of(page) is not None
    return {
        "page": page,
        "ends": [above for above in before if above not in after],
        "begins": [above for above in after if above not in before],
        "own": has_own,
        "public": not (has_own or after),
    }


def restricted_places(pages: Iterable[Page]) -> list[Page]:
    """Return the restricted pages below which some of `pages` can be moved."""
    models = {model for page in pages for model in page.specific_class.allowed_parent_page_models()}
    restricted_pages = Page.objects.filter(view_restrictions__isnull=False).distinct().order_by("path")
    return [place for place in restricted_pages if place.specific_class in models]
