"""What an editor is told of a page's other languages before something is done to it."""

from django import template
from django.template import Context
from wagtail.models import Page

from core.languages import check_move, other_languages
from core.privacy import may_set_for_all, moved_restrictions, restricted_places
from core.removal import DELETE, Branch, affected, branches, may_remove_all, needs_site_name

register = template.Library()


@register.simple_tag(takes_context=True)
def removal_of(context: Context, page: Page, action: str) -> dict[str, object]:
    """What goes with a page: its `branches`, one for each language; `total`, the pages in all of them; `below`, those below;
    `may_all`, whether this person may do it in all languages; `site_name_asked`."""
    found = branches([page, *affected(page, action)], action)
    total = sum(branch.count for branch in found)
    return {
        "page": page,
        "action": action,
        "branches": found,
        "own": found[0],
        "total": total,
        "below": sum(len(branch.below) for branch in found),
        "may_all": may_remove_all(context["request"].user, page, action),
        "site_name_asked": action == DELETE and needs_site_name(total),
    }


@register.simple_tag
def removal_of_many(rows: list[dict[str, object]], action: str) -> list[Branch]:
    """Those of a bulk action that have pages below them, with these."""
    return [branch for branch in branches((row["item"] for row in rows), action) if branch.below]


@register.inclusion_tag("core/admin/languages_move.html", takes_context=True)
def languages_move(context: Context, page: Page, destination: Page) -> dict[str, object]:
    """Which pages move along, and where to; what becomes of restrictions."""
    along = check_move(context["request"].user, page, destination)
    return {
        "along": along,
        "restrictions": [moved_restrictions(one, target) for one, target in [(page, destination), *along]],
    }


@register.inclusion_tag("core/admin/languages_move_many.html")
def languages_move_many(rows: list[dict[str, object]]) -> dict[str, object]:
    """Which pages move along with those of a bulk action, wherever that is; what becomes of restrictions."""
    others = [other for row in rows for other in other_languages(row["item"])]
    pages = [row["item"] for row in rows]
    return {
        "others": others,
        "restrictions": [moved_restrictions(page) for page in (*pages, *others)],
        "places": restricted_places(pages),
    }


@register.simple_tag(takes_context=True)
def languages_privacy(context: Context, restricted: object) -> dict[str, object]:
    """The other languages of a page, whose privacy follows; none of a collection of files."""
    if not isinstance(restricted, Page):
        return {}
    user = context["request"].user
    return {"others": other_languages(restricted), "may_all": may_set_for_all(user, restricted)}
