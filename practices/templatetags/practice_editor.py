"""Where things are in the editor."""

from django import template

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
