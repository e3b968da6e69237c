"""Template tags about a page's translations for the confirmation pages of the admin."""

from django import template
from django.template import Context
from wagtail.models import Page

from core.languages import check_move, other_languages
from core.privacy import may_set_for_all, moved_restrictions, restricted_places
from core.removal import DELETE, Branch, affected, branches, may_remove_all, needs_site_name

register = template.Library()


@register.simple_tag(takes_context=True)
def removal_of(context: Context, page: Page, action: str) -> dict[str, object]:
    """Return what is removed with a page: `branches`, one per language; `total`, the number of pages in them; `below`, the
    number of pages below; `may_all`, whether the user may do it in all languages; `site_name_asked`."""
    all_branches = branches([page, *affected(page, action)], action)
    total = sum(branch.count for branch in all_branches)
    return {
        "page": page,
        "action": action,
        "branches": all_branches,
        "own": all_branches[0],
        "total": total,
        "below": sum(len(branch.below) for branch in all_branches),
        "may_all": may_remove_all(context["request"].user, page, action),
        "site_name_asked": action == DELETE and needs_site_name(total),
    }


@register.simple_tag
def removal_of_many(rows: list[dict[str, object]], action: str) -> list[Branch]:
    """Return the branches of a bulk action that have pages below them."""
    return [branch for branch in branches((row["item"] for row in rows), action) if branch.below]


@register.inclusion_tag("core/admin/languages_move.html", takes_context=True)
def languages_move(context: Context, page: Page, destination: Page) -> dict[str, object]:
    """Return the translations that move along with their destinations, and the changes of restrictions."""
    along = check_move(context["request"].user, page, destination)
    return {
        "along": along,
        "restrictions": [moved_restrictions(one, target) for one, target in [(page, destination), *along]],
    }


@register.inclusion_tag("core/admin/languages_move_many.html")
def languages_move_many(rows: list[dict[str, object]]) -> dict[str, object]:
    """Return the translations that move along in a bulk action, and the changes of restrictions."""
    translations = [other for row in rows for other in other_languages(row["item"])]
    pages = [row["item"] for row in rows]
    return {
        "others": translations,
        "restrictions": [moved_restrictions(page) for page in (*pages, *translations)],
        "places": restricted_places(pages),
    }


@register.simple_tag(takes_context=True)
def languages_privacy(context: Context, restricted: object) -> dict[str, object]:
    """Return the translations that get the same restriction, {} for a collection of files."""
    if not isinstance(restricted, Page):
        return {}
    user = context["request"].user
    return {"others": other_languages(restricted), "may_all": may_set_for_all(user, restricted)}
