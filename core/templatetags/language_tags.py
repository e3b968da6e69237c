"""What an editor is told of a page's other languages before something is done to it."""

from typing import Any

from django import template
from wagtail.models import Page

from core.languages import check_move, other_languages
from core.privacy import may_set_for_all
from core.removal import affected, may_remove_all

register = template.Library()


@register.inclusion_tag("core/admin/languages_choice.html", takes_context=True)
def languages_choice(context: Any, page: Page, action: str) -> dict[str, Any]:
    """The question whether the other languages go too; nothing where there are none."""
    others = affected(page, action)
    user = context["request"].user
    return {"page": page, "others": others, "action": action, "may_all": may_remove_all(user, page, action)}


@register.inclusion_tag("core/admin/languages_move.html", takes_context=True)
def languages_move(context: Any, page: Page, destination: Page) -> dict[str, Any]:
    """Which pages move along, and where to."""
    return {"along": check_move(context["request"].user, page, destination)}


@register.inclusion_tag("core/admin/languages_move_many.html")
def languages_move_many(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Which pages move along with those of a bulk action, wherever that is."""
    return {"others": [other for row in rows for other in other_languages(row["item"])]}


@register.simple_tag(takes_context=True)
def languages_privacy(context: Any, restricted: Any) -> dict[str, Any]:
    """The other languages of a page, whose privacy follows; none of a collection of files."""
    if not isinstance(restricted, Page):
        return {}
    user = context["request"].user
    return {"others": other_languages(restricted), "may_all": may_set_for_all(user, restricted)}
