"""Where things are in the editor, and the meter anew after an autosave."""

from typing import Any

from django import template

from practices.completeness import completeness
from practices.parts import TAB_OF, TABS

register = template.Library()


@register.simple_tag
def field_anchor(name: str) -> str:
    """The id of what wraps a field in the editor; Wagtail makes it from the names of the panels around it."""
    tab = TAB_OF[name]
    _heading, groups = TABS[tab]
    inside = "".join(
        f"-child-{tab}_{number}"
        for number, (heading, names) in enumerate(groups)
        if heading and name in names
    )
    return f"panel-child-{tab}{inside}-child-{name}-wrapper"


@register.inclusion_tag("practices/admin/completeness_update.html")
def completeness_update(page: Any) -> dict[str, Any]:
    """Return what the meter shows of `page`; nothing of a page that is no practice."""
    return {"shown": completeness(page) if page.cached_content_type.model == "practicepage" else None}
